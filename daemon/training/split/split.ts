import type { BuiltInSettings } from '../../../schemas/language/grammar/built-in-steps.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Table } from '../../data/index.ts';
import { isNumeric, withTable, writePart } from '../../data/index.ts';
import { assignByChance, assignByOrder, PART } from './assign.ts';

export type SplitSettings = BuiltInSettings<'split'>;

export interface SplitResult {
  train: number;
  test: number;
  leftOut: number;
}

/** Splits a data file in two, by chance or by the order of a column. */
export function splitData(settings: SplitSettings): Promise<SplitResult> {
  return withTable(settings.data, async (table) => {
    const parts = await assign(table, settings);
    const count = (part: number) => parts.reduce((sum, value) => sum + (value === part ? 1 : 0), 0);
    const result = { train: count(PART.train), test: count(PART.test), leftOut: count(PART.leftOut) };
    refuseEmpty(result, table.path);
    await writePart(table, parts, PART.train, settings.train);
    await writePart(table, parts, PART.test, settings.test);
    return result;
  });
}

async function assign(table: Table, settings: SplitSettings): Promise<Uint8Array> {
  if (settings.by !== undefined) return assignBy(table, settings.by, settings);
  const { target } = settings;
  const labels = target === undefined ? new Array<null>(table.rows).fill(null) : await table.texts(target);
  return assignByChance(labels, settings.share ?? 0.2, settings.seed ?? 0);
}

async function assignBy(table: Table, by: string, { train_until, test_until }: SplitSettings): Promise<Uint8Array> {
  if (train_until === undefined) {
    throw new CrisolError('INVALID_PARAMETER_VALUE', '`by` needs `train_until`: the last value to train on');
  }
  if (!isNumeric(table.column(by))) {
    const testUntil = test_until === undefined ? undefined : String(test_until);
    return assignByOrder(await table.texts(by), { trainUntil: String(train_until), testUntil });
  }
  const testUntil = test_until === undefined ? undefined : asNumber('test_until', test_until);
  return assignByOrder([...(await table.numbers(by))], { trainUntil: asNumber('train_until', train_until), testUntil });
}

function asNumber(name: string, value: string | number): number {
  const number = typeof value === 'number' ? value : Number(value);
  if (Number.isFinite(number)) return number;
  throw new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `\`${name}\` must be a number, as the column's values are: "${value}"`,
  );
}

function refuseEmpty({ train, test }: SplitResult, path: string): void {
  if (train > 0 && test > 0) return;
  const missing = train === 0 ? 'to train on' : 'to test with';
  throw new CrisolError('TRAINING_DATA_UNFIT', `of the rows of ${path}, none is left ${missing}`, {
    hint: 'Give more rows, or set other limits or another share.',
  });
}
