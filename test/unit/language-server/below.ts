import type { Analysis } from '../../../language-server/documents/analysis.ts';
import { Analyses } from '../../../language-server/documents/analysis.ts';
import type { Position, Range } from '../../../schemas/language/positions.ts';
import { cursorIn } from '../language/golden-cases.ts';

export const EXPECTED = /^#>.*\n/gm;

/** The text as it is, and below it what the feature answers at the cursor. */
export function below(text: string, answer: (analysis: Analysis, cursor: Position) => string[]): string {
  const { text: source, offset } = cursorIn(text);
  const analysis = new Analyses().of({ uri: 'file:///crisol.yaml', version: 1, getText: () => source });
  const lines = analysis ? answer(analysis, analysis.document.lines.position(offset)) : [];
  const told = lines.length > 0 ? lines : ['nothing'];
  return text + told.map((line) => `${`#> ${line}`.trimEnd()}\n`).join('');
}

export const place = ({ start, end }: Range) =>
  `${start.line + 1}:${start.character + 1}-${end.line === start.line ? '' : `${end.line + 1}:`}${end.character + 1}`;

export const shown = (analysis: Analysis, range: Range) => {
  const { text, lines } = analysis.document;
  return `${place(range)} ${text.slice(lines.offset(range.start), lines.offset(range.end))}`;
};
