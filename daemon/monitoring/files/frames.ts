import type { ColumnDrift, ColumnState } from '../../../schemas/wire/monitoring.ts';
import { columnDrift, unknownColumn } from '../columns/column-drift.ts';
import type { FramesDrift } from '../report.ts';
import { driftedShare, mostDriftedFirst } from '../report.ts';
import type { DriftRules } from '../rules.ts';
import { DEFAULT_RULES } from '../rules.ts';
import type { Frame, FrameColumn } from './infer.ts';
import { inferKind, prepareAs } from './infer.ts';

export interface FramesOptions extends Partial<DriftRules> {
  /** only these */
  columns?: readonly string[];
}

/** Two data sets of the same kind of rows, column by column. */
export function driftOfFrames(reference: Frame, current: Frame, options: FramesOptions = {}): FramesDrift {
  const { columns: wanted, ...given } = options;
  const rules = { ...DEFAULT_RULES, ...given };
  const names = wanted ?? [...new Set([...Object.keys(reference), ...Object.keys(current)])];
  const columns = mostDriftedFirst(
    names.map((name) => frameColumnDrift(name, columnOf(reference, name), columnOf(current, name), rules)),
  );
  return { columns, share: driftedShare(columns), state: stateOf(columns) };
}

/** A column may be called `constructor`, as nothing that every object has is a column. */
function columnOf(frame: Frame, name: string): FrameColumn | undefined {
  return Object.hasOwn(frame, name) ? frame[name] : undefined;
}

function frameColumnDrift(
  name: string,
  reference: FrameColumn | undefined,
  current: FrameColumn | undefined,
  rules: DriftRules,
): ColumnDrift {
  const column = reference ?? current;
  if (!column) return unknownColumn(name, undefined, undefined, rules, 'in neither of the files');
  // a column without any value has no type worth speaking of
  const typed = hasValues(column) || !current ? column : current;
  const inferred = inferKind(typed);
  if (inferred.kind === null) return unknownColumn(name, undefined, undefined, rules, inferred.reason);
  const prepare = (one: FrameColumn) => prepareAs(inferred.kind, hasValues(one) ? one : { ...one, type: typed.type });
  const before = reference && prepare(reference);
  const now = current && prepare(current);
  if (reference && current && !now) {
    return unknownColumn(name, before, now, rules, `numbers in the reference, ${current.type} in the current data`);
  }
  return columnDrift(name, before, now, rules);
}

function hasValues({ values }: FrameColumn): boolean {
  return values.some((value) => value !== null && value !== undefined);
}

function stateOf(columns: readonly ColumnDrift[]): ColumnState {
  if (columns.some(({ state }) => state === 'drift')) return 'drift';
  return columns.some(({ state }) => state === 'ok') ? 'ok' : 'unknown';
}
