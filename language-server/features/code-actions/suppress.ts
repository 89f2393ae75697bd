import type { Suppression } from '../../../schemas/language/check/suppressions.ts';
import type { Diagnostic, TextEdit } from '../../../schemas/language/diagnostic.ts';
import { canBeSuppressed } from '../../../schemas/language/rules/suppression.ts';
import type { TreeNode } from '../../../schemas/language/syntax/tree.ts';
import { locate } from '../../documents/locate.ts';
import type { Analysis } from '../../projects/analysis.ts';
import type { Change } from './change.ts';
import { changeOf, eolOf, insertion } from './change.ts';

type SuppressibleFile = Pick<Analysis, 'document' | 'suppressions'>;

/** Comments that hold a diagnostic back: above its line, and at the top for the whole file. */
export function suppressIt({ code, range }: Diagnostic, file: SuppressibleFile): Change[] {
  if (!canBeSuppressed(code)) return [];
  const { line } = range.start;
  const here = known(line, file) ?? aboveLine(code, line, file);
  const everywhere = known('file', file) ?? onTop(code, file);
  return [
    ...changeOf(`Hold back \`${code}\` on this line`, typeof here === 'function' ? here(code) : here),
    ...changeOf(`Hold back \`${code}\` in this file`, typeof everywhere === 'function' ? everywhere(code) : everywhere),
  ];
}

/** One comment may name several codes. */
function known(line: Suppression['line'], { suppressions, document: { lines } }: SuppressibleFile) {
  const one = suppressions.find((suppression) => suppression.line === line);
  const last = one?.codes.at(-1);
  if (!last) return null;
  return (code: string): TextEdit => insertion(last.span[1], `, ${code}`, lines);
}

function aboveLine(code: string, line: number, { document: { root, text, lines } }: SuppressibleFile): TextEdit | null {
  const [start, end] = lines.lineSpan(line);
  // within a text of several lines a comment would belong to the text
  if (isWithinText(root, start)) return null;
  // a comment speaks of the next line that says something
  if (/^\uFEFF?[ \t]*(#|$)/.test(text.slice(start, end))) return null;
  const indent = /^\uFEFF?([ \t]*)/.exec(text.slice(start, end))?.[1] ?? '';
  return inserted(start, `${indent}# crisol-ignore ${code}`, text, lines);
}

/** Below the first line of a script. */
function onTop(code: string, { document: { text, lines } }: SuppressibleFile): TextEdit {
  const isScript = text.startsWith('#!') && lines.lineCount > 1;
  return inserted(isScript ? lines.lineSpan(1)[0] : 0, `# crisol-ignore-file ${code}`, text, lines);
}

const BYTE_ORDER_MARK = '\uFEFF';

function inserted(offset: number, comment: string, text: string, lines: Analysis['document']['lines']): TextEdit {
  return insertion(offset === 0 && text.startsWith(BYTE_ORDER_MARK) ? 1 : offset, `${comment}${eolOf(text)}`, lines);
}

function isWithinText(root: TreeNode | null, offset: number): boolean {
  const place = locate(root, offset);
  if (!place || (place.on === 'value' && place.node.kind !== 'scalar')) return false;
  const [start, end] = place.on === 'key' ? place.entry.keySpan : place.node.span;
  return start < offset && offset < end;
}
