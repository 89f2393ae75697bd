import { headlinesFirst } from '../../../schemas/headline-metrics.ts';
import type { Column } from '../model/columns.ts';

const FIRST_PARAMS = 8;
const FIRST_METRICS = 2;

/** What differs, and what people judge models by: a start that a person goes on from. */
export function firstAxes(columns: readonly Column[]): string[] {
  const most = Math.max(0, ...columns.map(valuesIn));
  const differing = columns.filter((column) => column.differs && valuesIn(column) * COMMON >= most);
  const params = differing.filter(({ kind }) => kind === 'param').slice(0, FIRST_PARAMS);
  return [...params, ...headlines(differing).slice(0, FIRST_METRICS)].map(({ id }) => id);
}

/** What only one run in so many has at all, such as the parents of a search, is no axis to begin with. */
const COMMON = 10;

function valuesIn({ cells }: Column): number {
  return [...cells.values()].filter((cell) => cell !== undefined).length;
}

export function headlines(columns: readonly Column[]): Column[] {
  return headlinesFirst(
    columns.filter(({ kind }) => kind === 'metric'),
    ({ name }) => name,
  );
}

/** The chosen columns that there still are, in their order. */
export function chosenAxes(columns: readonly Column[], chosen: readonly string[] | null): Column[] {
  const byId = new Map(columns.map((column) => [column.id, column]));
  return (chosen ?? firstAxes(columns)).flatMap((id) => byId.get(id) ?? []);
}

export function moved(ids: readonly string[], id: string, to: number): string[] {
  const others = ids.filter((other) => other !== id);
  const at = Math.min(others.length, Math.max(0, to));
  return [...others.slice(0, at), id, ...others.slice(at)];
}
