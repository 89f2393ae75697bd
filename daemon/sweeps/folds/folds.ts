import type { FoldSettings } from '../../../schemas/language/grammar/folds.ts';
import { seededRandom } from '../../base/random.ts';
import type { Cell, Fold } from './fold.ts';
import { impossible } from './fold.ts';
import { groupedFolds, leaveOneGroupOut } from './grouped.ts';
import { holdout, stratifiedHoldout } from './holdout.ts';
import { plainFolds } from './plain.ts';
import { stratifiedFolds } from './stratified.ts';
import { stratifiedGroupedFolds } from './stratified-grouped.ts';
import { inOrderOf, timeSeriesFolds } from './time-series.ts';

/** Of the file that is divided: how many rows it has, and the columns that the settings name. */
export interface FoldData {
  rows: number;
  target?: readonly Cell[];
  group?: readonly Cell[];
  by?: readonly Cell[];
}

const FOLDS = 5;
const SHARE = 0.2;

/** Divides rows as a step's `folds` say. */
export function foldsOf(settings: FoldSettings, data: FoldData): Fold[] {
  const folds = settings.k ?? FOLDS;
  const random = seededRandom(settings.seed ?? 0);
  const byChance = settings.shuffle === true ? random : null;
  switch (settings.kind) {
    case 'kfold':
      return plainFolds(data.rows, folds, byChance);
    case 'stratified':
      return stratifiedFolds(needed(data, 'target', settings), folds, byChance);
    case 'grouped':
      return groupedFolds(needed(data, 'group', settings), folds, byChance);
    case 'stratified_grouped':
      return stratifiedGroupedFolds(needed(data, 'target', settings), needed(data, 'group', settings), folds, byChance);
    case 'leave_one_group_out':
      return leaveOneGroupOut(needed(data, 'group', settings));
    case 'time_series':
      return timeSeries(settings, data, folds);
    case 'holdout':
      return data.target === undefined
        ? holdout(data.rows, settings.share ?? SHARE, random)
        : stratifiedHoldout(data.target, settings.share ?? SHARE, random);
  }
}

function timeSeries(
  { gap = 0, test_rows, max_train_rows }: FoldSettings,
  { rows, by }: FoldData,
  folds: number,
): Fold[] {
  const options = { gap, testRows: test_rows ?? null, maxTrainRows: max_train_rows ?? null };
  const inOrder = timeSeriesFolds(rows, folds, options);
  return by === undefined ? inOrder : inOrderOf(inOrder, by);
}

function needed(data: FoldData, column: 'target' | 'group', { kind }: FoldSettings): readonly Cell[] {
  const cells = data[column];
  if (cells === undefined) throw impossible(`\`folds\` of kind ${kind} need \`${column}\`: the name of a column.`);
  return cells;
}
