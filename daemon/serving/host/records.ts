import type { FeatureRecord } from '../../../schemas/wire/serving.ts';

/** Whether it is a JSON object. Its values are checked with the signature, where the column can be named. */
export function isRecord(value: unknown): value is FeatureRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function recordList(value: unknown): FeatureRecord[] | null {
  return Array.isArray(value) && value.every(isRecord) ? value : null;
}

/** Records of columns that are all equally long. */
export function recordsOfColumns(
  columns: readonly (readonly [string, readonly unknown[]])[],
  rows: number,
): FeatureRecord[] {
  return Array.from({ length: rows }, (_, row) => {
    return Object.fromEntries(columns.map(([name, values]) => [name, values[row]])) as FeatureRecord;
  });
}

/** A value in a few words, however large it is. */
export function describeValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 40))}`;
  return `the ${typeof value} ${String(value)}`;
}
