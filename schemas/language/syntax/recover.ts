import { COLON_MISSING } from './complaints.ts';
import type { PieceTree } from './piece.ts';
import { parsePiece } from './piece.ts';
import { splitAtIndent } from './split.ts';
import type { Entry, Ground, Problem, SyntaxTree, TreeNode } from './tree.ts';
import { MapNode } from './tree.ts';

/** What was found on one level of the file: entries, each whole or damaged. */
interface Level {
  entries: Entry[];
  problems: Problem[];
}

/** A part of the text that stands on a ground. */
interface Part {
  text: string;
  ground: Ground;
  base: number;
}

/**
 * A broken line costs only its own branch: the text is cut at the keys of the top, broken sections again at the keys one
 * level in, and each piece is read by itself. Of a broken piece the first error is told; those after it mostly follow
 * from it.
 */
export function recover(part: Part, whole: SyntaxTree): SyntaxTree {
  const cuts = splitAtIndent(part.text, 0);
  const first = cuts[0];
  if (!first) return { root: whole.root, problems: whole.problems.slice(0, 1) };
  // what stands above the first key holds comments and perhaps `---`: anything else is out of place
  const above = readEntry(within(part, 0, first[0]));
  const levels = cuts.map(([start, end]) => recoverSection(within(part, start, end)));
  return together([above, ...levels], part);
}

function within({ text, ground, base }: Part, start: number, end?: number): Part {
  return { text: text.slice(start, end), ground, base: base + start };
}

function together(levels: readonly Level[], { text, ground, base }: Part): SyntaxTree & { root: MapNode } {
  const problems = levels.flatMap((level) => level.problems);
  const entries = levels.flatMap((level) => level.entries);
  const placing = { ground, from: base, to: base + text.length };
  return { root: new MapNode(placing, { entries, flow: false, partial: problems.length > 0 }), problems };
}

/** One entry of the top, broken. */
export function recoverSection(section: Part): Level {
  const level = readEntry(section);
  if (level.problems.length === 0) return level;
  const { text } = section;
  const header = headerOf(section);
  const cuts = header ? splitAtIndent(text, childIndent(text)) : [];
  const first = cuts[0];
  if (!header || !first) return level;
  const between = text.slice(text.search(/[\r\n]/), first[0]);
  // something stands between the header and its first child, so the children are not the whole section
  if (/^\s*[^#\s]/m.test(between)) return level;
  const children = cuts.map(([start, end]) => readEntry(within(section, start, end)));
  const { root, problems } = together(children, within(section, first[0]));
  return { entries: [header.withValue(root)], problems };
}

/** `steps:` with its children below it, if the first line is that and no more. */
function headerOf(section: Part): Entry | null {
  const lineBreak = section.text.search(/[\r\n]/);
  if (lineBreak < 0) return null;
  const { entries, problems } = readEntry(within(section, 0, lineBreak));
  const [entry] = entries;
  if (!entry || problems.length > 0 || entry.value.kind !== 'scalar' || entry.value.value !== null) return null;
  return entry;
}

const readEntry = (part: Part): Level => levelOf(parsePiece(part));

/** What is there of a piece that might be broken. */
export function levelOf({ root, broken, problems }: PieceTree): Level {
  const entries = root?.kind === 'map' ? root.entries : [];
  if (broken) return { entries: entries.slice(0, 1).map((entry) => entry.asDamaged()), problems: problems.slice(0, 1) };
  if (root && root.kind !== 'map') return { entries: [], problems: [strayText(root)] };
  return { entries, problems };
}

function strayText(node: TreeNode): Problem {
  return { kind: 'syntax', span: node.span, message: COLON_MISSING };
}

/** The indentation of the first line below the header that holds a key; -1 when there is none. */
function childIndent(text: string): number {
  return /[\r\n]( +)[^\s#-]/.exec(text)?.[1]?.length ?? -1;
}
