import type { TableContext } from '../context.ts';
import { NAME_FIELD } from '../data/fields.ts';
import { fullText } from '../view/cells.ts';
import type { Group } from '../view/groups.ts';
import { idsOf } from '../view/groups.ts';
import type { Spot } from './keys.ts';

/** A click on a name opens the run; on a mark, or with Ctrl, it marks; with Shift it marks all up to here. */
export function onCellClick(context: TableContext, event: MouseEvent, setSpot: (spot: Spot) => void): void {
  const target = event.target as Element;
  const cell = target.closest<HTMLElement>('[data-field]');
  const line = Number(target.closest<HTMLElement>('[data-line]')?.dataset.line ?? -1);
  if (!cell) return;
  const field = cell.dataset.field ?? '';
  const column = context.columns.findIndex((one) => one.field.id === field) + 1;
  if (line >= 0) setSpot({ line, column });
  const row = line >= 0 ? context.view.lines[line] : context.baseline;
  if (row === undefined) return;
  const group = context.view.groups[-1 - row];
  if (group) onGroupClick(context, group, field);
  else onRunClick(context, context.runs.ids[row] ?? '', field, event);
}

function onGroupClick(context: TableContext, group: Group, field: string): void {
  if (field === 'mark') context.selection.toggleAll(idsOf(context.runs, group));
  else context.toggleGroup(group.value);
}

function onRunClick(context: TableContext, id: string, field: string, event: MouseEvent): void {
  const onName = field === NAME_FIELD && (event.target as Element).closest('.run-name') !== null;
  if (event.shiftKey) extendTo(context, id);
  else if (field === 'mark' || event.ctrlKey || event.metaKey) context.selection.toggle(id);
  else if (onName) context.host.post({ type: 'table/open', run_id: id });
}

/** What a cell has in full: made for the one that is pointed at. */
export function onCellOver({ view, fields, baseline }: TableContext, event: MouseEvent): void {
  const cell = (event.target as Element).closest<HTMLElement>('td[data-field]');
  const line = Number(cell?.parentElement?.dataset.line ?? -1);
  const row = line >= 0 ? view.lines[line] : baseline;
  const field = fields.get(cell?.dataset.field ?? '');
  if (cell && field && row !== undefined && row >= 0) cell.title = fullText(field, row);
}

export function extendTo({ view, runs, selection }: TableContext, id: string): void {
  selection.extend(
    id,
    Array.from(view.lines, (row) => (row < 0 ? '' : (runs.ids[row] ?? ''))),
  );
}
