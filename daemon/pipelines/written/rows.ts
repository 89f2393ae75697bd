/** One row of a table of text, and the line that it begins in. */
export interface TextRow {
  cells: string[];
  line: number;
}

/** The rows of CSV or TSV as RFC 4180 has them; empty lines are none. */
export function rowsIn(text: string, separator: ',' | '\t'): TextRow[] {
  const rows: TextRow[] = [];
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const { cells, end } = rowAt(text, at, separator);
    if (cells.length > 1 || cells[0]?.trim() !== '') rows.push({ cells, line });
    line += linesIn(text, at, end);
    at = end;
  }
  return rows;
}

function rowAt(text: string, from: number, separator: string): { cells: string[]; end: number } {
  const cells: string[] = [];
  for (let at = from; ; ) {
    const quoted = text[at] === '"' ? quotedCell(text, at) : { value: '', end: at };
    const end = endOfCell(text, quoted.end, separator);
    cells.push(quoted.value + text.slice(quoted.end, end));
    if (text[end] !== separator) return { cells, end: afterBreak(text, end) };
    at = end + 1;
  }
}

/** Two quotes within it are one. */
function quotedCell(text: string, from: number): { value: string; end: number } {
  let close = text.indexOf('"', from + 1);
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  const end = close === -1 ? text.length : close;
  return { value: text.slice(from + 1, end).replaceAll('""', '"'), end: Math.min(end + 1, text.length) };
}

function endOfCell(text: string, from: number, separator: string): number {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}

const afterBreak = (text: string, at: number): number => at + (text.startsWith('\r\n', at) ? 2 : 1);

function linesIn(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at++) {
    if (text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n')) lines++;
  }
  return lines;
}
