import { endingOf } from '../../../schemas/panels/artifact-kinds.ts';

export interface Table {
  columns: string[];
  rows: string[][];
  /** there is more of it */
  cut: boolean;
  /** what the file says of its columns, if it does */
  types?: string[];
  /** how much there is of it, where that is known */
  total?: { rows: number; columns: number };
}

export const MOST_ROWS = 1000;
const MOST_COLUMNS = 200;
/** More makes the page slow. */
const MOST_CELLS = 20_000;

/** The beginning of a CSV or TSV file. `whole: false`: the text breaks off, so its last line may be half a line. */
export function readTable(path: string, text: string, whole: boolean): Table {
  const separator = endingOf(path) === 'tsv' ? '\t' : separatorOf(text);
  const { lines, ended } = readLines(text, separator, MOST_ROWS + 1);
  const complete = ended && !whole ? lines.slice(0, -1) : lines;
  const [columns = [], ...rows] = complete;
  return limited({ columns, rows, cut: !(ended && whole) });
}

/** What `mlflow.log_table` writes: `{"columns": […], "data": [[…]]}`. */
export function readLoggedTable(value: unknown): Table | undefined {
  if (typeof value !== 'object' || value === null || !('columns' in value) || !('data' in value)) return undefined;
  const { columns, data } = value;
  if (!Array.isArray(columns) || !Array.isArray(data) || !data.every(Array.isArray)) return undefined;
  const rows = data.slice(0, MOST_ROWS).map((row: unknown[]) => row.map(cellText));
  return limited({ columns: columns.map(cellText), rows, cut: data.length > MOST_ROWS });
}

function limited({ columns, rows, cut }: Table): Table {
  const width = Math.min(MOST_COLUMNS, columns.length);
  const height = Math.max(1, Math.floor(MOST_CELLS / Math.max(1, width)));
  const fits = rows.length <= height && columns.length <= width;
  if (fits) return { columns, rows, cut };
  return { columns: columns.slice(0, width), rows: rows.slice(0, height).map((row) => row.slice(0, width)), cut: true };
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The one of the usual ones that the first line has most of. */
function separatorOf(text: string): string {
  const end = text.search(/[\r\n]/);
  const head = end < 0 ? text : text.slice(0, end);
  const counts = [',', ';', '\t'].map((sign) => ({ sign, count: head.split(sign).length }));
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).sign;
}

/** As RFC 4180 has it. `ended`: the text ended before the lines did. */
function readLines(text: string, separator: string, most: number): { lines: string[][]; ended: boolean } {
  const lines: string[][] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    if (lines.length === most) return { lines, ended: false };
    const { cells, end } = readLine(text, at, separator);
    at = end;
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    if (cells.length > 1 || cells[0] !== '') lines.push(cells);
  }
  return { lines, ended: true };
}

function readLine(text: string, start: number, separator: string): { cells: string[]; end: number } {
  const cells: string[] = [];
  for (let at = start; ; at += 1) {
    const quoted = text[at] === '"' ? readQuoted(text, at) : { value: '', end: at };
    // what stands behind a closing quotation mark belongs to the cell, too
    const plain = readPlain(text, quoted.end, separator);
    cells.push(quoted.value + plain.value);
    at = plain.end;
    if (text[at] !== separator) return { cells, end: at };
  }
}

function readPlain(text: string, start: number, separator: string): { value: string; end: number } {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { value: text.slice(start, end), end };
}

function readQuoted(text: string, start: number): { value: string; end: number } {
  let value = '';
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return { value: value + text.slice(from), end: text.length };
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    from = quote + 2;
  }
}
