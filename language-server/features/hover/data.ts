import { formatBytes } from '../../../schemas/bytes-text.ts';
import { normalPath } from '../../../schemas/language/values/paths.ts';
import { timeInWords } from '../../../schemas/language/values/times-in-words.ts';
import type { Analysis } from '../../projects/analysis.ts';
import { columnsIn, columnsOf } from '../../projects/columns.ts';
import { tableFormat } from '../../providers/data/format.ts';
import type { Column, Extent } from '../../providers/files.ts';
import { paragraphs } from '../describe.ts';
import { code } from '../markdown.ts';

/** How much is in a table of a folder, if that is known yet. */
export type ExtentOf = (folder: string, path: string) => Extent | null;

export interface Measured {
  extentOf: ExtentOf;
  /** whose clock is shown; without one, that of this machine */
  zone?: string | undefined;
}

const MOST_NAMED = 30;

/** How many rows a table has, and which columns; nothing for one that cannot be read here. */
export function aboutData(data: string, analysis: Analysis, { extentOf, zone }: Measured): string | null {
  const path = normalPath(data);
  if (!analysis.project || tableFormat(path) === null) return null;
  const extent = extentOf(analysis.project.folder, path);
  // what a split has not written yet has the columns of what is split
  const { source, columns } = extent ? columnsIn(path, analysis) : columnsOf(path, analysis);
  if (columns.length === 0) return null;
  const count = counted(columns.length, 'column');
  const shape = [...(extent ? rowsIn(extent) : []), count].join(' × ');
  return paragraphs(`${shape} in ${code(source)}:`, named(columns), extent ? fileOf(extent, zone) : '');
}

function named(columns: readonly Column[]): string {
  const shown = columns.slice(0, MOST_NAMED);
  const names = shown.map(({ name, type }) => (type === undefined ? code(name) : `${code(name)} ${type}`));
  const more = columns.length > MOST_NAMED ? ` and ${counted(columns.length - MOST_NAMED)} more` : '';
  return `${names.join(', ')}${more}`;
}

/** Of a file whose first rows alone took too long, nothing. */
const rowsIn = ({ rows: { count, areMore } }: Extent): string[] =>
  areMore && count === 0 ? [] : [`${areMore ? 'more than ' : ''}${counted(count, 'row')}`];

const fileOf = ({ bytes, writtenAt }: Extent, zone: string | undefined): string =>
  `${formatBytes(bytes)}, last written ${timeInWords(writtenAt, zone)}`;

function counted(count: number, word?: string): string {
  const number = count.toLocaleString('en');
  return word === undefined ? number : `${number} ${word}${count === 1 ? '' : 's'}`;
}
