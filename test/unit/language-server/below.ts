import type { Analysis } from '../../../language-server/projects/analysis.ts';
import type { Navigable } from '../../../language-server/projects/sources.ts';
import type { LineIndex, Position, Range } from '../../../schemas/language/positions.ts';
import { indexLines } from '../../../schemas/language/positions.ts';
import { cursorIn } from '../language/golden-cases.ts';
import type { CaseWorkspace } from './case-workspace.ts';
import { openCase } from './case-workspace.ts';

export const EXPECTED = /^#>.*\n/gm;

/** The text as it is, and below it what the feature answers at the cursor. The text may hold several files: see golden-files.ts. */
export function below(
  text: string,
  answer: (analysis: Analysis, cursor: Position, extentOf: CaseWorkspace['extentOf']) => string[],
): string {
  const { workspace, address, offset, extentOf } = opened(text);
  const analysis = workspace.analysisOf(address);
  return withAnswer(text, analysis ? answer(analysis, analysis.document.lines.position(offset), extentOf) : []);
}

/** The same for what leads to other files, and from params files, which are none of ours. `at` draws a place. */
export function belowNames(
  text: string,
  answer: (file: Navigable, cursor: Position, at: (uri: string, range: Range) => string) => string[],
): string {
  const { workspace, address, offset, fileAt } = opened(text);
  const file = workspace.analysisOf(address) ?? workspace.paramsFileOf(address);
  const at = (uri: string, range: Range) => {
    const { path, text: source } = fileAt(uri);
    const drawn = shownIn({ text: source, lines: indexLines(source) }, range);
    return uri === address ? drawn : `${path} ${drawn}`;
  };
  return withAnswer(text, file ? answer(file, file.document.lines.position(offset), at) : []);
}

function opened(text: string) {
  // a case without a cursor is a mistake of whoever wrote it
  cursorIn(text);
  return openCase(text, '');
}

function withAnswer(text: string, lines: string[]): string {
  const told = lines.length > 0 ? lines : ['nothing'];
  return text + told.map((line) => `${`#> ${line}`.trimEnd()}\n`).join('');
}

export const place = ({ start, end }: Range) =>
  `${start.line + 1}:${start.character + 1}-${end.line === start.line ? '' : `${end.line + 1}:`}${end.character + 1}`;

export const shown = (analysis: Analysis, range: Range) => shownIn(analysis.document, range);

const shownIn = ({ text, lines }: { text: string; lines: LineIndex }, range: Range) =>
  `${place(range)} ${text.slice(lines.offset(range.start), lines.offset(range.end))}`;
