import type { Diagnostic } from '../../../schemas/language/diagnostic.ts';
import type { Range } from '../../../schemas/language/positions.ts';
import { readProject } from '../../../schemas/language/project/index.ts';
import { filesOfCase, mainOf, projectFilesOf } from './golden-files.ts';

/** The lines that drawDiagnostics adds. */
export const DRAWN_DIAGNOSTICS = /^#(?:<\^*|[ ]*\^+|[ ]*!) CRISOL1.*\r?\n|^#: .*\r?\n/gm;

/**
 * The text with each diagnostic below its line: carets under the range (`#<` begins at the first column, `!` is empty). A case
 * may hold several files, see golden-files.ts.
 */
export function drawDiagnostics(text: string, name: string): string {
  const files = filesOfCase(text, name);
  const known = projectFilesOf(files);
  const project = readProject(mainOf(files), known, { facts: known });
  return files.map((file) => file.heading + drawFile(file.text, project.diagnosticsOf(file.path))).join('');
}

function drawFile(text: string, diagnostics: readonly Diagnostic[]): string {
  const lines = text.split(/(?<=\n)/);
  if (lines.at(-1) !== '') lines.push('');
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  return lines
    .map((line, at) => {
      const here = diagnostics.filter((diagnostic) => diagnostic.range.start.line === at);
      const drawn = here.flatMap(draw).map((comment) => comment + ending);
      return (drawn.length > 0 && line !== '' && !line.endsWith('\n') ? line + ending : line) + drawn.join('');
    })
    .join('');
}

function draw({ range, code, severity, message, fixes = [], related = [] }: Diagnostic): string[] {
  const { start, end } = range;
  const width = end.character - start.character;
  const carets = '^'.repeat(Math.max(0, width - (start.character === 0 ? 1 : 0)));
  const mark = start.character === 0 ? '#<' : `#${' '.repeat(start.character - 1)}`;
  const underline = width === 0 && start.character > 0 ? `${mark}!` : `${mark}${carets}`;
  const edits = fixes.flatMap((fix) =>
    fix.edits.map((edit) => `#: fix: ${fix.title} [${place(edit.range)} ${JSON.stringify(edit.newText)}]`),
  );
  const others = related.map(({ path, range: where, message: told }) => {
    return `#: see ${path ? `${path} ` : ''}${place(where)} ${told}`;
  });
  return [`${underline} ${code} ${severity}: ${message}`, ...others, ...edits];
}

const place = ({ start, end }: Range) =>
  `${start.line + 1}:${start.character + 1}-${end.line === start.line ? '' : `${end.line + 1}:`}${end.character + 1}`;
