import type { Span } from '../positions.ts';
import { COLON_MISSING } from './complaints.ts';
import { parsePiece } from './piece.ts';
import { splitAtIndent } from './split.ts';
import type { Entry, MapNode, Problem, SyntaxTree, TreeNode } from './tree.ts';

/** What was found on one level of the file: entries, each whole or damaged. */
interface Level {
  entries: Entry[];
  problems: Problem[];
}

/**
 * A broken line costs only its own branch: the text is cut at the keys of the top, broken sections again at the keys one
 * level in, and each piece is read by itself. Of a broken piece the first error is told; those after it mostly follow
 * from it.
 */
export function recover(text: string, base: number, whole: SyntaxTree): SyntaxTree {
  const cuts = splitAtIndent(text, 0);
  const first = cuts[0];
  if (!first) return { root: whole.root, problems: whole.problems.slice(0, 1) };
  // what stands above the first key holds comments and perhaps `---`: anything else is out of place
  const above = readEntry(text.slice(0, first.start), base);
  const levels = cuts.map(({ start, end }) => readSection(text.slice(start, end), base + start));
  return together([above, ...levels], [base, base + text.length]);
}

function together(levels: readonly Level[], span: Span): SyntaxTree & { root: MapNode } {
  const problems = levels.flatMap((level) => level.problems);
  const entries = levels.flatMap((level) => level.entries);
  const size = entries.reduce((sum, entry) => sum + entry.value.size, 1);
  return { root: { kind: 'map', entries, flow: false, partial: problems.length > 0, span, size }, problems };
}

function readSection(text: string, base: number): Level {
  const level = readEntry(text, base);
  if (level.problems.length === 0) return level;
  const header = headerOf(text, base);
  const cuts = header ? splitAtIndent(text, childIndent(text)) : [];
  const first = cuts[0];
  if (!header || !first) return level;
  const between = text.slice(text.search(/[\r\n]/), first.start);
  // something stands between the header and its first child, so the children are not the whole section
  if (/^\s*[^#\s]/m.test(between)) return level;
  const children = cuts.map(({ start, end }) => readEntry(text.slice(start, end), base + start));
  const { root, problems } = together(children, [base + first.start, base + text.length]);
  return { entries: [{ ...header, value: root, span: [header.span[0], root.span[1]] }], problems };
}

/** `steps:` with its children below it, if the first line is that and no more. */
function headerOf(text: string, base: number): Entry | null {
  const lineBreak = text.search(/[\r\n]/);
  if (lineBreak < 0) return null;
  const { entries, problems } = readEntry(text.slice(0, lineBreak), base);
  const [entry] = entries;
  if (!entry || problems.length > 0 || entry.value.kind !== 'scalar' || entry.value.value !== null) return null;
  return entry;
}

function readEntry(text: string, base: number): Level {
  const { tree, broken } = parsePiece(text, base, true);
  const entries = entriesOf(tree.root);
  if (broken) {
    const damaged = entries.slice(0, 1).map((entry) => ({ ...entry, damaged: true }));
    return { entries: damaged, problems: tree.problems.slice(0, 1) };
  }
  if (tree.root && tree.root.kind !== 'map') return { entries: [], problems: [strayText(tree.root)] };
  return { entries, problems: tree.problems };
}

function strayText(node: TreeNode): Problem {
  return { kind: 'syntax', span: node.span, message: COLON_MISSING };
}

const entriesOf = (node: TreeNode | null): Entry[] => (node?.kind === 'map' ? node.entries : []);

/** The indentation of the first line below the header that holds a key; -1 when there is none. */
function childIndent(text: string): number {
  return /[\r\n]( +)[^\s#-]/.exec(text)?.[1]?.length ?? -1;
}
