import type { Analysis } from '../../projects/analysis.ts';
import { columnsOf } from '../../projects/columns.ts';
import { paragraphs } from '../describe.ts';
import { code } from '../markdown.ts';

const MOST_NAMED = 30;

/** What the rows of a file have; nothing for one that cannot be read here. */
export function aboutData(path: string, analysis: Analysis): string | null {
  const { source, columns } = columnsOf(path, analysis);
  if (columns.length === 0) return null;
  const named = columns.slice(0, MOST_NAMED).map(code);
  const more = columns.length > MOST_NAMED ? ` and ${columns.length - MOST_NAMED} more` : '';
  const count = columns.length === 1 ? '1 column' : `${columns.length} columns`;
  return paragraphs(`${count} in ${code(source)}:`, `${named.join(', ')}${more}`);
}
