import type { JsonObject, JsonValue } from '../../../schemas/language/json.ts';
import type { WrittenPoint, Wrong } from './content.ts';
import { numberIn } from './numbers.ts';
import type { TextRow } from './rows.ts';

/** Rows of values with a name for each column. */
export interface Table {
  columns: readonly string[];
  rows: readonly { cells: readonly JsonValue[]; line?: number }[];
}

/** Which column says where in a series a row stands, the likelier first. */
const STEP_COLUMNS = ['step', 'epoch', 'iteration', 'global_step'];
/** dvclive writes when each row was logged. */
const TIME_COLUMN = 'timestamp';

/** Each column of numbers is a series. Without a column that counts, the rows do. */
export function seriesIn(table: Table): { points: WrittenPoint[]; wrong: Wrong[]; counts: boolean } {
  const counting = countingColumn(table);
  const steps = table.rows.map(({ cells }, row) => numberIn(cells[counting] ?? null) ?? row);
  const columns = table.columns.flatMap((name, at) => {
    return at === counting || name.toLowerCase() === TIME_COLUMN ? [] : [columnIn(table, at, steps)];
  });
  return {
    points: columns.flatMap(({ points }) => points),
    wrong: columns.flatMap(({ wrong }) => wrong),
    counts: counting !== -1,
  };
}

/** Of those that are called so, the first with nothing but whole numbers. */
function countingColumn({ columns, rows }: Table): number {
  const isWhole = (value: JsonValue = null) => Number.isSafeInteger(numberIn(value));
  const called = STEP_COLUMNS.map((name) => columns.findIndex((column) => column.toLowerCase() === name));
  return called.find((at) => at !== -1 && rows.every(({ cells }) => isWhole(cells[at]))) ?? -1;
}

/** A column without any number holds names: nothing is wrong with it. */
function columnIn({ columns, rows }: Table, at: number, steps: readonly number[]) {
  const name = columns[at] ?? '';
  const points: WrittenPoint[] = [];
  const wrong: Wrong[] = [];
  for (const [row, { cells, line }] of rows.entries()) {
    const cell = cells[at] ?? null;
    const value = numberIn(cell);
    if (value !== undefined) points.push({ name, value, step: steps[row] ?? row });
    else if (cell !== null && String(cell).trim() !== '') {
      wrong.push({ line, message: `\`${shown(cell)}\` in the column \`${name}\` is no number` });
    }
  }
  return { points, wrong: points.length > 0 ? wrong.slice(0, 1) : [] };
}

const LONGEST_SHOWN = 40;
const shown = (cell: JsonValue): string => {
  const text = typeof cell === 'string' ? cell.trim() : JSON.stringify(cell);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
};

/** The first row has the names. A row that is not complete is left out. */
export function tableOf([head, ...rows]: readonly TextRow[]): { table: Table; wrong: Wrong[] } {
  const columns = head?.cells.map((name) => name.trim()) ?? [];
  if (columns.every((name) => numberIn(name) !== undefined)) {
    const message = columns.length === 0 ? 'there is nothing in it' : 'the first line names the columns';
    return { table: { columns: [], rows: [] }, wrong: [{ line: 1, message }] };
  }
  const whole = rows.filter(({ cells }) => cells.length === columns.length);
  const [broken] = rows.filter(({ cells }) => cells.length !== columns.length);
  const message = `it has ${broken?.cells.length} values for ${columns.length} columns`;
  return { table: { columns, rows: whole }, wrong: broken ? [{ line: broken.line, message }] : [] };
}

/** A list of maps, as DVC takes it for a plot: by itself, or below some key. Undefined for anything else. */
export function tableIn(value: JsonValue): Table | undefined {
  const lists = value !== null && typeof value === 'object' ? [value, ...Object.values(value)] : [];
  const records = lists.find(isRecords);
  if (!records) return undefined;
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return { columns, rows: records.map((record) => ({ cells: columns.map((name) => cellOf(record, name)) })) };
}

const isRecords = (value: JsonValue): value is JsonObject[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one) => one !== null && typeof one === 'object' && !Array.isArray(one));

const cellOf = (record: JsonObject, name: string): JsonValue =>
  Object.hasOwn(record, name) ? (record[name] ?? null) : null;
