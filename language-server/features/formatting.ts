import type { TextEdit } from 'vscode-languageserver';
import { formatYaml } from '../../schemas/language/format/format.ts';
import type { Range } from '../../schemas/language/positions.ts';
import type { Analysis } from '../projects/analysis.ts';

export const formatDocument = ({ document: { text } }: Analysis): TextEdit[] => formatYaml(text);

/** The lines of a selection; where they alone cannot be moved, the whole section that they stand in. */
export function formatRange({ document: { text, root, lines } }: Analysis, { start, end }: Range): TextEdit[] {
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  const chosen = formatYaml(text, { first: start.line, last });
  if (chosen.length > 0 || root?.kind !== 'map') return chosen;
  const spans = root.entries.map(({ span }) => lines.range(span));
  const touched = spans.filter((range) => range.start.line <= last && start.line <= range.end.line);
  const [first] = touched;
  const until = touched.at(-1);
  return first && until ? formatYaml(text, { first: first.start.line, last: until.end.line }) : [];
}
