import type { LineIndex, Span } from '../positions.ts';
import { lastAtOrBefore } from '../positions.ts';
import type { TreeNode } from '../syntax/tree.ts';

/** A comment that says: I know, leave me alone. `# crisol-ignore CRISOL119: kept for later` */
export interface Suppression {
  /** the whole comment, from `#` to the end of its line */
  span: Span;
  /** it stands alone on its line */
  alone: boolean;
  /** the line that it speaks of; `file`: all of them */
  line: number | 'file';
  codes: readonly SuppressedCode[];
}

export interface SuppressedCode {
  code: string;
  span: Span;
}

const COMMENT = /(?<=^|[ \t\uFEFF])#[ \t]*crisol-ignore(-file)?(?![\w-])([^\r\n]*)/gm;
const CODE = /[\s,]*(CRISOL\d*)(?![\w-])/gy;

export function suppressionsIn(text: string, root: TreeNode | null, lines: LineIndex): Suppression[] {
  if (!text.includes('crisol-ignore')) return [];
  const isInScalar = holdsOffset(root ? scalarSpans(root) : [], text);
  const lineBelow = linesBelow(text, lines);
  return Array.from(text.matchAll(COMMENT)).flatMap((match) => {
    const [whole, forFile, words = ''] = match;
    const start = match.index;
    const codes = codesIn(words, start + whole.length - words.length);
    // other words follow: it only speaks of this
    const isProse = codes.length === 0 && /^\s*[^\s:]/.test(words);
    if (isProse || isInScalar(start)) return [];
    const span: Span = [start, start + whole.trimEnd().length];
    const line = lines.position(start).line;
    const alone = /^\uFEFF?[ \t]*$/.test(text.slice(lines.lineSpan(line)[0], start));
    const target = forFile ? 'file' : alone ? lineBelow(line) : line;
    return [{ span, alone, line: target, codes }];
  });
}

/** Codes stand first; what follows them is the reason. */
function codesIn(words: string, base: number): SuppressedCode[] {
  return Array.from(words.matchAll(CODE), ({ 0: whole, 1: code = '', index }) => {
    const end = base + index + whole.length;
    return { code, span: [end - code.length, end] };
  });
}

/** Several comments may stand above one line. */
function linesBelow(text: string, lines: LineIndex): (line: number) => number {
  // found once for all comments above it: they are asked for in their order
  let found = { from: 0, to: 0 };
  return (line) => {
    if (line < found.from || line >= found.to) {
      let below = line + 1;
      while (below < lines.lineCount && /^[ \t]*(#|$)/.test(text.slice(...lines.lineSpan(below)))) below++;
      found = { from: line, to: below };
    }
    return found.to < lines.lineCount ? found.to : line;
  };
}

function scalarSpans(root: TreeNode): Span[] {
  const seen = new Set<TreeNode>();
  const found: Span[] = [];
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'scalar') found.push(node.span);
    else if (node.kind === 'list') for (const item of node.items) waiting.push(item);
    else if (node.kind === 'map') {
      for (const { keySpan, value } of node.entries) {
        found.push(keySpan);
        waiting.push(value);
      }
    }
  }
  return found.filter(mayHoldOne).sort(([a], [b]) => a - b);
}

const mayHoldOne = ([start, end]: Span): boolean => end - start > '#crisol-ignore'.length;

/** Scalars lie beside one another, so that only the last one before can hold it. */
function holdsOffset(spans: readonly Span[], text: string): (offset: number) => boolean {
  const starts = spans.map(([start]) => start);
  return (offset) => {
    const last = spans[lastAtOrBefore(starts, offset)];
    return last !== undefined && isInside(offset, last, text);
  };
}

/** The first line of a block (`run: |`) may end with a comment; its other lines hold none. */
function isInside(offset: number, [start, end]: Span, text: string): boolean {
  if (offset < start || offset >= end) return false;
  return !/[|>]/.test(text.charAt(start)) || /[\r\n]/.test(text.slice(start, offset));
}
