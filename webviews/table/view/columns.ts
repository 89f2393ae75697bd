import { headlinesFirst } from '../../../schemas/headline-metrics.ts';
import type { Field } from '../data/fields.ts';
import { NAME_FIELD } from '../data/fields.ts';
import type { TableLook } from '../look.ts';

export interface Column {
  field: Field;
  width: number;
  pinned: boolean;
  /** from the left edge of the table, where nothing is scrolled */
  left: number;
}

const USUAL_METRICS = 8;
const USUAL_PARAMS = 10;
const USUAL_TAGS = 3;
export const NARROWEST = 48;
export const WIDEST = 800;
const WIDTHS: Record<Field['type'], number> = { text: 130, number: 130, time: 130, duration: 100, state: 110 };
const NAME_WIDTH = 200;

/** for what differs from the baseline */
const CHANGE_WIDTH = 50;

type ColumnLook = Pick<TableLook, 'columns' | 'pinned' | 'widths' | 'hideConstant' | 'sorts' | 'group' | 'baseline'>;

/** The columns in the order in which they stand: the name, what is pinned, the rest. Constant ones may be left out. */
export function columnsOf(
  fields: ReadonlyMap<string, Field>,
  look: ColumnLook,
  isConstant: (field: Field) => boolean,
): Column[] {
  const chosen = chosenFields(fields, look);
  const isUsed = ({ id }: Field) => look.sorts.some(({ field }) => field === id) || look.group === id;
  const shown = chosen.filter((field) => {
    return field.id === NAME_FIELD || !look.hideConstant || isUsed(field) || !isConstant(field);
  });
  const isPinned = ({ id }: Field) => id === NAME_FIELD || look.pinned.includes(id);
  const ordered = [
    ...shown.filter(({ id }) => id === NAME_FIELD),
    ...shown.filter((field) => field.id !== NAME_FIELD && isPinned(field)),
    ...shown.filter((field) => !isPinned(field)),
  ];
  let left = 0;
  return ordered.map((field) => {
    const width =
      look.widths[field.id] ?? (field.id === NAME_FIELD ? NAME_WIDTH : usualWidth(field, look.baseline !== null));
    const column = { field, width, pinned: isPinned(field), left };
    left += width;
    return column;
  });
}

/** Wide enough for its name, as far as that is sensible. */
function usualWidth({ type, title }: Field, compared: boolean): number {
  const change = compared && (type === 'number' || type === 'duration') ? CHANGE_WIDTH : 0;
  return Math.min(220, Math.max(WIDTHS[type] + change, title.length * 8 + 40));
}

/** The name is always there: it says which run it is. */
export function chosenFields(fields: ReadonlyMap<string, Field>, { columns }: Pick<TableLook, 'columns'>): Field[] {
  const ids = columns ?? usualColumns([...fields.values()]);
  const named = ids.includes(NAME_FIELD) ? ids : [NAME_FIELD, ...ids];
  return named.flatMap((id) => fields.get(id) ?? []);
}

/** What most people look for: hundreds of columns help nobody. */
function usualColumns(fields: readonly Field[]): string[] {
  const of = (kind: Field['kind']) => fields.filter((field) => field.kind === kind);
  const metrics = of('metric').filter(({ id, key }) => id === `metric:${key}`);
  const tags = of('tag').filter(({ key }) => !/^(mlflow|crisol)\./.test(key));
  const usual = [
    ...of('run').filter(({ id }) => id !== 'run:id'),
    ...headlinesFirst(metrics, ({ key }) => key).slice(0, USUAL_METRICS),
    ...of('param').slice(0, USUAL_PARAMS),
    ...tags.slice(0, USUAL_TAGS),
  ];
  return usual.map(({ id }) => id);
}

/** Whether all rows have the same there. Of one row alone nothing is constant. */
export function isConstantIn(rows: Uint32Array, { type, texts, number, text }: Field): boolean {
  const [first] = rows;
  if (first === undefined || rows.length < 2) return false;
  if (texts) {
    const code = texts.code(first);
    return rows.every((row) => texts.code(row) === code);
  }
  const valueIn: (row: number) => unknown = type === 'text' ? text : number;
  const value = valueIn(first);
  return rows.every((row) => Object.is(valueIn(row), value));
}

/** Puts one column before another among all that are chosen, shown or not; at the end without one. */
export function moveColumn(chosen: readonly string[], id: string, before: string | undefined): string[] {
  const ids = chosen.filter((one) => one !== id);
  const at = before === undefined ? -1 : ids.indexOf(before);
  return ids.toSpliced(at < 0 ? ids.length : at, 0, id);
}

/** One place to the left or to the right of what is shown, within what is pinned or the rest. */
export function shiftColumn(
  chosen: readonly string[],
  columns: readonly Column[],
  id: string,
  by: -1 | 1,
): string[] | null {
  const at = columns.findIndex(({ field }) => field.id === id);
  const [column, other] = [columns[at], columns[at + by]];
  if (!column || !other || id === NAME_FIELD || other.field.id === NAME_FIELD) return null;
  if (column.pinned !== other.pinned) return null;
  return by < 0 ? moveColumn(chosen, id, other.field.id) : moveColumn(chosen, other.field.id, id);
}
