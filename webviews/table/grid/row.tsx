import type { VNode } from 'preact';
import { formatCount } from '../../shared/format.ts';
import type { TableContext } from '../context.ts';
import type { Field } from '../data/fields.ts';
import { NAME_FIELD } from '../data/fields.ts';
import { numberText } from '../view/cells.ts';
import type { Column } from '../view/columns.ts';
import type { Group } from '../view/groups.ts';
import { aggregateOf, commonText, isSummed } from '../view/groups.ts';
import { Cell, cellStyle } from './cell.tsx';
import type { Layout } from './layout.ts';
import { memo } from './memo.ts';
import { ROW_HEIGHT } from './window.ts';

export interface RowProps {
  context: TableContext;
  layout: Layout;
  /** its place among the lines; -1 for the run that stands under the heads */
  line: number;
  row: number;
  selected: boolean;
  /** the field of the cell that the keyboard is in */
  active: string | undefined;
}

/** Rows that stay while others scroll by are not drawn again. */
export const Row = memo<RowProps>(({ context, layout, line, row, selected, active }) => {
  const name = context.runs.names.get(row) ?? '';
  const cell = (column: Column) => (
    <Cell
      key={column.field.id}
      context={context}
      column={column}
      row={row}
      id={cellId(line, placeOf(context, column))}
      place={placeOf(context, column)}
      active={active === column.field.id}
      indent={context.view.groups.length > 0 && column.field.id === NAME_FIELD && line >= 0}
    />
  );
  return (
    <tr
      aria-rowindex={line < 0 ? undefined : line + 2}
      aria-selected={selected}
      aria-level={context.view.groups.length > 0 ? 2 : undefined}
      class={`row${selected ? ' selected' : ''}${line < 0 ? ' baseline' : ''}`}
      style={line < 0 ? { width: `${layout.width}px` } : rowStyle(line, layout)}
      data-line={line}
    >
      <MarkCell line={line} active={active} selected={selected} what={name} />
      {layout.pinned.map(cell)}
      <td class="gap" aria-hidden="true" style={{ width: `${layout.gap}px` }} />
      {layout.loose.map(cell)}
    </tr>
  );
});

export interface GroupRowProps extends Omit<RowProps, 'row'> {
  group: Group;
  open: boolean;
}

/** A group says how many runs it has, and what they are together. */
export const GroupRow = memo<GroupRowProps>(({ context, layout, line, group, open, selected, active }) => {
  const cell = (column: Column) => (
    <td
      key={column.field.id}
      id={cellId(line, placeOf(context, column))}
      aria-colindex={placeOf(context, column)}
      data-field={column.field.id}
      class={`cell${isSummed(column.field) ? ' right' : ''}${column.pinned ? ' pinned' : ''}${active === column.field.id ? ' active' : ''}`}
      style={cellStyle(column)}
    >
      {column.field.id === NAME_FIELD ? (
        <GroupName group={group} open={open} />
      ) : (
        <span class="value">{groupText(context, column.field, group.rows)}</span>
      )}
    </td>
  );
  return (
    <tr
      aria-rowindex={line + 2}
      aria-expanded={open}
      aria-level={1}
      class="row group"
      style={rowStyle(line, layout)}
      data-line={line}
    >
      <MarkCell line={line} active={active} selected={selected} what={`all of ${group.value ?? '(none)'}`} />
      {layout.pinned.map(cell)}
      <td class="gap" aria-hidden="true" style={{ width: `${layout.gap}px` }} />
      {layout.loose.map(cell)}
    </tr>
  );
});

interface MarkCellProps extends Pick<RowProps, 'line' | 'active' | 'selected'> {
  what: string;
}

function MarkCell({ line, active, selected, what }: MarkCellProps): VNode {
  return (
    <td
      id={cellId(line, 1)}
      class={`cell pinned mark${active === 'mark' ? ' active' : ''}`}
      aria-colindex={1}
      data-field="mark"
    >
      <input type="checkbox" class="tick-box" tabIndex={-1} checked={selected} aria-label={`Mark ${what}`} readOnly />
    </td>
  );
}

function GroupName({ group, open }: { group: Group; open: boolean }): VNode {
  return (
    <>
      <span aria-hidden="true">{open ? '▾' : '▸'}</span> <b>{group.value ?? '(none)'}</b>{' '}
      <span class="muted">{formatCount(group.rows.length, 'run')}</span>
    </>
  );
}

function groupText({ look }: TableContext, field: Field, rows: Uint32Array): string {
  if (isSummed(field)) return numberText(field, aggregateOf(rows, field, look.aggregate));
  return field.type === 'time' ? '' : (commonText(rows, field) ?? '…');
}

function rowStyle(line: number, { width }: Layout) {
  return { width: `${width}px`, transform: `translateY(${line * ROW_HEIGHT}px)` };
}

/** The cell in which marks are made comes first. */
function placeOf({ columns }: TableContext, column: Column): number {
  return columns.indexOf(column) + 2;
}

export function cellId(line: number, place: number): string {
  return `cell${line}.${place}`;
}
