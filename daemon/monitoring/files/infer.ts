import type { ColumnKind } from '../../data/index.ts';
import type { Cell, PreparedColumn } from '../columns/prepare.ts';
import { prepareColumn } from '../columns/prepare.ts';

/** A column of a data file, with the kind of its type there. */
export interface FrameColumn {
  type: ColumnKind;
  values: readonly Cell[];
}

export type Frame = Readonly<Record<string, FrameColumn>>;

/** Whole numbers with no more different values than this name categories (Evidently's limit). */
const INTEGER_CATEGORIES = 10;

export type Inferred = { kind: PreparedColumn['kind'] } | { kind: null; reason: string };

/** What a column holds, by the reference: decimals are numbers; text is categories unless most of it differs. */
export function inferKind({ type, values }: FrameColumn): Inferred {
  if (type === 'decimal') return { kind: 'number' };
  if (type === 'boolean') return { kind: 'category' };
  if (type === 'time') return { kind: null, reason: 'dates and times are not compared' };
  if (type === 'other') return { kind: null, reason: 'nested values are not compared' };
  const present = values.filter((value) => value !== null && value !== undefined);
  const distinct = new Set(present).size;
  if (type === 'integer') return { kind: distinct <= INTEGER_CATEGORIES ? 'category' : 'number' };
  if (distinct > present.length / 2) return { kind: null, reason: 'free text: most values differ' };
  return { kind: 'category' };
}

const NUMERIC: readonly ColumnKind[] = ['integer', 'decimal'];

/** The current column as the kind that the reference has; undefined where its type does not allow that. */
export function prepareAs(kind: PreparedColumn['kind'], { type, values }: FrameColumn): PreparedColumn | undefined {
  if (kind === 'number' && !NUMERIC.includes(type)) return undefined;
  return prepareColumn(kind, values);
}
