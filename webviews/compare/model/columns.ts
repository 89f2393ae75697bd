import { naturally } from '../../../schemas/natural-order.ts';
import type { Item } from './items.ts';

export type Cell = string | number | undefined;

/** A param or a metric over all runs. */
export interface Column {
  id: string;
  kind: 'param' | 'metric';
  name: string;
  /** all that are there are numbers */
  numeric: boolean;
  differs: boolean;
  cells: ReadonlyMap<string, Cell>;
}

/** Params first, then metrics, each by name. */
export function columnsOf(items: readonly Item[]): Column[] {
  const params = namesOf(items.map(({ params }) => params));
  const metrics = namesOf(items.map(({ metrics }) => metrics));
  return [
    ...params.map((name) => paramColumn(name, items)),
    ...metrics.map((name) => {
      const cells = new Map(items.map(({ id, metrics }) => [id, metrics.get(name)]));
      return { id: `metric:${name}`, kind: 'metric' as const, name, numeric: true, differs: differ(cells), cells };
    }),
  ];
}

export function numberIn(column: Column, id: string): number {
  const cell = column.cells.get(id);
  return typeof cell === 'number' ? cell : Number.NaN;
}

function paramColumn(name: string, items: readonly Item[]): Column {
  const texts = new Map(items.map(({ id, params }) => [id, params.get(name)]));
  const present = [...texts.values()].filter((text) => text !== undefined);
  const numeric = present.every(isNumber);
  const cells = numeric
    ? new Map([...texts].map(([id, text]): [string, Cell] => [id, text === undefined ? undefined : Number(text)]))
    : texts;
  return { id: `param:${name}`, kind: 'param', name, numeric, differs: differ(texts), cells };
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

function namesOf(maps: readonly ReadonlyMap<string, unknown>[]): string[] {
  return [...new Set(maps.flatMap((map) => [...map.keys()]))].sort(naturally);
}

function differ(cells: ReadonlyMap<string, unknown>): boolean {
  const [first, ...others] = cells.values();
  return others.some((cell) => !Object.is(cell, first));
}
