import type { Row } from './repository.ts';

type Value = Row[string] | undefined;

export function text(value: Value): string {
  return value === null || value === undefined ? '' : String(value);
}

/** A time in milliseconds. */
export function time(value: Value): number | undefined {
  const number = Number(value);
  return value === null || value === undefined || !Number.isSafeInteger(number) || number < 0 ? undefined : number;
}

export function pairsOf(rows: readonly Row[], key = 'key', value = 'value'): { key: string; value: string }[] {
  return rows.map((row) => ({ key: text(row[key]), value: text(row[value]) }));
}

/** Newer servers keep several workspaces in one file: names of others than the usual one say so. */
export function qualified(name: string, { workspace }: Row): string {
  return !workspace || workspace === 'default' ? name : `${name} (${workspace})`;
}
