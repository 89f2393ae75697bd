import type { FoldingRange } from 'vscode-languageserver';
import { FoldingRangeKind } from 'vscode-languageserver';
import type { LineIndex, Span } from '../../schemas/language/positions.ts';
import type { TreeNode } from '../../schemas/language/syntax/tree.ts';
import { withoutBlankEnd } from '../documents/spans.ts';
import type { Analysis } from '../projects/analysis.ts';

/** Every entry and item that takes more than a line, and comments that belong together. */
export function foldingRanges({ document: { root, lines, text } }: Analysis): FoldingRange[] {
  const found = new Map<number, FoldingRange>();
  if (root) fold(root, lines, text, { found, seen: new Set() });
  return [...found.values(), ...commentBlocks(lines, text)];
}

interface Folding {
  /** by first line: the largest that begins there */
  found: Map<number, FoldingRange>;
  /** what stands behind an anchor is met once for each alias */
  seen: Set<TreeNode>;
}

function fold(node: TreeNode, lines: LineIndex, text: string, folding: Folding): void {
  if (folding.seen.has(node)) return;
  folding.seen.add(node);
  if (node.kind === 'map') {
    for (const { span, value, inherited } of node.entries) {
      if (inherited) continue;
      add(span, lines, text, folding);
      fold(value, lines, text, folding);
    }
  } else if (node.kind === 'list') {
    for (const item of node.items) {
      add(item.span, lines, text, folding);
      fold(item, lines, text, folding);
    }
  }
}

function add(span: Span, lines: LineIndex, text: string, { found }: Folding): void {
  const { start, end } = lines.range(withoutBlankEnd(span, text));
  const [startLine, endLine] = [start.line, end.line];
  if (endLine > startLine && (found.get(startLine)?.endLine ?? -1) < endLine) {
    found.set(startLine, { startLine, endLine });
  }
}

function commentBlocks(lines: LineIndex, text: string): FoldingRange[] {
  const blocks: FoldingRange[] = [];
  let first: number | null = null;
  for (let line = 0; line <= lines.lineCount; line++) {
    const isComment =
      line < lines.lineCount &&
      text
        .slice(...lines.lineSpan(line))
        .trimStart()
        .startsWith('#');
    if (isComment) first ??= line;
    else if (first !== null) {
      if (line - 1 > first) blocks.push({ startLine: first, endLine: line - 1, kind: FoldingRangeKind.Comment });
      first = null;
    }
  }
  return blocks;
}
