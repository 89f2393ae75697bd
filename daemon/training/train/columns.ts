import { CrisolError } from '../../base/errors.ts';
import type { Table, TableColumn } from '../../data/index.ts';
import { isNumeric } from '../../data/index.ts';
import type { Column } from '../linear/columns.ts';

/** More different texts than this are names or ids, which a model learns by heart. */
const MOST_CATEGORIES = 1000;
const MOST_CLASSES = 100;
/** A text column in which this share could be numbers was meant to be one. */
const MEANT_AS_NUMBER = 0.9;
/** …unless it has few different texts: grades such as 1, 2, 3, none are categories. */
const FEW_TEXTS = 20;

export interface TrainingRows {
  columns: Column[];
  labels: string[];
  /** what was left out, in sentences */
  notes: string[];
}

const EXCLUDE_IT = { hint: 'Name the column under `exclude`, or give a column that can be used.' };

/** Reads what a model is trained on; rows without a target and columns without a value are left out and said so. */
export async function readTrainingRows(
  table: Table,
  target: string,
  exclude: readonly string[],
): Promise<TrainingRows> {
  const notes: string[] = [];
  const targets = await table.texts(target);
  const kept = [...targets.keys()].filter((row) => targets[row] !== null);
  if (kept.length < targets.length) notes.push(`${targets.length - kept.length} rows without "${target}" are left out`);
  const labels = kept.map((row) => targets[row] ?? '');
  checkClasses(labels, target, table.path);
  for (const name of exclude) table.column(name);
  const columns: Column[] = [];
  for (const candidate of table.columns) {
    if (candidate.name === target || exclude.includes(candidate.name)) continue;
    const column = await readFeature(table, candidate, kept);
    if (column === null) notes.push(`column "${candidate.name}" has no values and is left out`);
    else columns.push(column);
  }
  if (columns.length === 0) throw new CrisolError('TRAINING_DATA_UNFIT', `${table.path} has no column to learn from`);
  return { columns, labels, notes };
}

function checkClasses(labels: readonly string[], target: string, path: string): void {
  const classes = new Set(labels);
  const count = classes.size;
  if (count >= 2 && count <= MOST_CLASSES) return;
  const [only] = classes;
  const what =
    count > MOST_CLASSES
      ? `${count} different values, more than the ${MOST_CLASSES} classes that can be told apart`
      : only === undefined
        ? 'no values'
        : `only the value "${only}"`;
  throw new CrisolError('TRAINING_DATA_UNFIT', `the target "${target}" of ${path} has ${what}`);
}

async function readFeature(table: Table, column: TableColumn, rows: number[]): Promise<Column | null> {
  const { name, kind, type } = column;
  if (kind === 'time' || kind === 'other') {
    throw new CrisolError(
      'TRAINING_DATA_UNFIT',
      `column "${name}" is of type ${type}, not numbers or texts`,
      EXCLUDE_IT,
    );
  }
  if (isNumeric(column)) {
    const all = await table.numbers(name);
    const values = Float64Array.from(rows, (row) => all[row] ?? Number.NaN);
    return values.every(Number.isNaN) ? null : { kind: 'number', name, values };
  }
  await checkTexts(table, name);
  const all = await table.texts(name);
  const values = rows.map((row) => all[row] ?? '');
  return values.every((value) => value === '') ? null : { kind: 'category', name, values };
}

async function checkTexts(table: Table, name: string): Promise<void> {
  const { numeric, all, distinct } = await table.numericTexts(name);
  if (distinct > FEW_TEXTS && numeric < all && numeric >= MEANT_AS_NUMBER * all) await table.refuseTexts(name);
  if (distinct <= MOST_CATEGORIES) return;
  throw new CrisolError(
    'TRAINING_DATA_UNFIT',
    `column "${name}" has ${distinct} different texts, like an id`,
    EXCLUDE_IT,
  );
}
