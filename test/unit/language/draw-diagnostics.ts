import type { Diagnostic } from '../../../schemas/language/diagnostic.ts';
import type { Range } from '../../../schemas/language/positions.ts';
import { afterFix, diagnosticsOfCase } from './fix/after-fix.ts';
import type { CaseFile } from './golden-files.ts';
import { filesOfCase } from './golden-files.ts';

/** The lines that drawDiagnostics adds. */
export const DRAWN_DIAGNOSTICS = /^#(?:<\^*|[ ]*\^+|[ ]*!) CRISOL1.*\r?\n|^#: .*\r?\n/gm;

/**
 * The text with each diagnostic below its line: carets under the range (`#<` begins at the first column, `!` is empty), with its
 * fixes and what each brings to light. A case may hold several files, see golden-files.ts.
 */
export function drawDiagnostics(text: string, name: string): string {
  const files = filesOfCase(text, name);
  const diagnosticsOf = diagnosticsOfCase(files);
  return files.map((file) => file.heading + drawFile(file, files, diagnosticsOf(file))).join('');
}

function drawFile(file: CaseFile, files: readonly CaseFile[], diagnostics: readonly Diagnostic[]): string {
  const { text } = file;
  const lines = text.split(/(?<=\n)/);
  if (lines.at(-1) !== '') lines.push('');
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  return lines
    .map((line, at) => {
      const here = diagnostics.filter((diagnostic) => diagnostic.range.start.line === at);
      const drawn = here.flatMap((one) => draw(one, file, files)).map((comment) => comment + ending);
      return (drawn.length > 0 && line !== '' && !line.endsWith('\n') ? line + ending : line) + drawn.join('');
    })
    .join('');
}

function draw(diagnostic: Diagnostic, file: CaseFile, files: readonly CaseFile[]): string[] {
  const { range, code, severity, message, fixes = [], related = [] } = diagnostic;
  const { start, end } = range;
  const width = end.character - start.character;
  const carets = '^'.repeat(Math.max(0, width - (start.character === 0 ? 1 : 0)));
  const mark = start.character === 0 ? '#<' : `#${' '.repeat(start.character - 1)}`;
  const underline = width === 0 && start.character > 0 ? `${mark}!` : `${mark}${carets}`;
  const mended = fixes.flatMap((fix) => [
    ...fix.edits.map((edit) => `#: fix: ${fix.title} [${place(edit.range)} ${JSON.stringify(edit.newText)}]`),
    ...afterFix(files, file, diagnostic, fix).map((one) => `#: then: ${place(one.range)} ${one.code} ${one.message}`),
  ]);
  const others = related.map(({ path, range: where, message: told }) => {
    return `#: see ${path ? `${path} ` : ''}${place(where)} ${told}`;
  });
  return [`${underline} ${code} ${severity}: ${message}`, ...others, ...mended];
}

const place = ({ start, end }: Range) =>
  `${start.line + 1}:${start.character + 1}-${end.line === start.line ? '' : `${end.line + 1}:`}${end.character + 1}`;
