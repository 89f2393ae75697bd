import type { TextEdit } from '../diagnostic.ts';
import { applyEdits } from '../fix/edits.ts';
import { indexLines } from '../positions.ts';
import { parseYaml } from '../syntax/parse.ts';
import { toJson } from '../syntax/to-json.ts';
import type { TreeNode } from '../syntax/tree.ts';
import type { Line } from './lines.ts';
import { formattedLines } from './lines.ts';

/** Lines of the file, the first and the last one included. */
export interface LineRange {
  first: number;
  last: number;
}

/**
 * Moves words, never changes them: two spaces a level, one after a colon and a comma, none at the end of a line, one empty
 * line where there were several. Comments, quotes, anchors and the order stay. A file with errors is left as it is, and so is one
 * whose meaning would change.
 */
export function formatYaml(text: string, range?: LineRange): TextEdit[] {
  const { root, problems } = parseYaml(text);
  if (!root || problems.length > 0 || /\r(?!\n)/.test(text)) return [];
  const lines = formattedLines(text);
  if (!lines) return [];
  const edits = editsBetween(text, lines).filter(
    (edit) => !range || (edit.range.start.line >= range.first && edit.range.start.line <= range.last),
  );
  return edits.length > 0 && isSame(text, root, applyEdits(text, edits)) ? edits : [];
}

function editsBetween(text: string, formatted: readonly Line[]): TextEdit[] {
  const lines = indexLines(text);
  const removed = superfluous(formatted);
  const edits = formatted.flatMap(({ text: shown, level }, line): TextEdit[] => {
    const end = { line: line + 1, character: 0 };
    if (removed.has(line)) return [{ range: { start: { line, character: 0 }, end }, newText: '' }];
    const [from, to] = lines.lineSpan(line);
    const newText = shown === '' ? '' : ' '.repeat(level) + shown.replace(/\r$/, '');
    const range = lines.range([from, to]);
    return newText === text.slice(from, to) ? [] : [{ range, newText }];
  });
  const last = formatted.length - 1;
  if (formatted[last]?.text !== '' && last >= 0) {
    const at = lines.position(text.length);
    const newText = text.includes('\r\n') ? '\r\n' : '\n';
    edits.push({ range: { start: at, end: at }, newText });
  }
  return edits;
}

/** Empty lines at the top, at the end, and all but one between others. */
function superfluous(lines: readonly Line[]): Set<number> {
  const removed = new Set<number>();
  const isBlank = (at: number) => lines[at]?.kind === 'blank';
  const last = lines.length - 1;
  const filled = lines.findLastIndex(({ kind }) => kind !== 'blank');
  for (let at = 0; at < last; at++) {
    if (isBlank(at) && (at === 0 || isBlank(at - 1) || at > filled)) removed.add(at);
  }
  return removed;
}

/** Not one sign is gone, and all of them mean what they meant. */
function isSame(before: string, original: TreeNode, after: string): boolean {
  if (before.replaceAll(/\s/g, '') !== after.replaceAll(/\s/g, '')) return false;
  const { root, problems } = parseYaml(after);
  if (!root || problems.length > 0) return false;
  return JSON.stringify(toJson(root)) === JSON.stringify(toJson(original));
}
