import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FoldSettings } from '../../../schemas/language/grammar/folds.ts';
import type { Table } from '../../data/index.ts';
import { isNumeric, withTable } from '../../data/index.ts';
import type { Cell, Fold } from './fold.ts';
import type { FoldData } from './folds.ts';
import { foldsOf } from './folds.ts';

export interface FoldTask {
  settings: FoldSettings;
  /** the data file, whole */
  data: string;
  /** where the files with the numbers of rows go */
  into: string;
}

/** Divides the rows of a file, and writes for each fold which are trained on and which are tested with. Answers how many folds there are. */
export async function divide({ settings, data, into }: FoldTask): Promise<number> {
  const folds = await withTable(data, async (table) => foldsOf(settings, await dataOf(table, settings)));
  await mkdir(into, { recursive: true });
  for (const [at, fold] of folds.entries()) await writeFold(into, at + 1, fold);
  return folds.length;
}

/** A row a line, counted from 0. */
async function writeFold(into: string, number: number, { train, test }: Fold): Promise<void> {
  await writeFile(join(into, `${number}-train.txt`), linesOf(train));
  await writeFile(join(into, `${number}-test.txt`), linesOf(test));
}

const linesOf = (rows: Uint32Array): string => (rows.length === 0 ? '' : `${rows.join('\n')}\n`);

async function dataOf(table: Table, { target, group, by }: FoldSettings): Promise<FoldData> {
  return {
    rows: table.rows,
    ...(target !== undefined && { target: await cellsOf(table, target) }),
    ...(group !== undefined && { group: await cellsOf(table, group) }),
    ...(by !== undefined && { by: await cellsOf(table, by) }),
  };
}

async function cellsOf(table: Table, name: string): Promise<Cell[]> {
  if (!isNumeric(table.column(name))) return table.texts(name);
  return Array.from(await table.numbers(name), (value) => (Number.isNaN(value) ? null : value));
}
