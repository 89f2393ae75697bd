import type { VNode } from 'preact';
import { WorkStateMark } from '../../shared/work-state.tsx';
import type { TableContext } from '../context.ts';
import type { Field } from '../data/fields.ts';
import { NAME_FIELD } from '../data/fields.ts';
import type { Difference } from '../view/cells.ts';
import { cellText, differenceOf } from '../view/cells.ts';
import type { Column } from '../view/columns.ts';
import { fullBar } from '../view/view.ts';
import { MARK_WIDTH } from './layout.ts';

export interface CellProps {
  context: TableContext;
  column: Column;
  row: number;
  /** unique on the page */
  id: string;
  /** counted from one */
  place: number;
  active: boolean;
  indent: boolean;
}

export function Cell({ context, column, row, id, place, active, indent }: CellProps): VNode {
  const { field } = column;
  const { baseline } = context;
  const difference = baseline === undefined || baseline === row ? undefined : differenceOf(field, row, baseline);
  const part = field.type === 'number' ? barOf(context, field, row) : 0;
  const tone = difference === undefined ? '' : difference.differs ? ' differs' : ' same';
  const align = field.type === 'number' || field.type === 'duration' ? ' right' : '';
  return (
    <td
      id={id}
      aria-colindex={place}
      data-field={field.id}
      class={`cell${align}${tone}${column.pinned ? ' pinned' : ''}${active ? ' active' : ''}${indent ? ' indent' : ''}`}
      style={cellStyle(column, part)}
    >
      <Content context={context} field={field} row={row} />
      {difference?.change ? <Change change={difference.change} /> : null}
    </td>
  );
}

export function cellStyle({ width, pinned, left }: Column, part = 0): Record<string, string | number> {
  const style: Record<string, string | number> = { width: `${width}px` };
  if (pinned) style.left = `${left + MARK_WIDTH}px`;
  if (part > 0) style['--part'] = part.toFixed(3);
  return style;
}

function barOf({ view }: TableContext, field: Field, row: number): number {
  const full = fullBar(view, field);
  const value = Math.abs(field.number(row) ?? 0);
  return full > 0 && Number.isFinite(value) ? value / full : 0;
}

function Content({ context, field, row }: { context: TableContext; field: Field; row: number }): VNode | string {
  const { runs, now, baseline } = context;
  if (field.type === 'state') return <WorkStateMark state={runs.state(row)} />;
  const text = cellText(field, row, now);
  if (field.id !== NAME_FIELD) return <span class="value">{text}</span>;
  return (
    <>
      <span class="run-name">{text || runs.ids[row]}</span>
      {row === baseline ? <span class="badge">baseline</span> : null}
    </>
  );
}

function Change({ change }: { change: NonNullable<Difference['change']> }): VNode {
  const { text, more, better } = change;
  const word = better === undefined ? '' : better ? 'better' : 'worse';
  return (
    <span class={`change ${better === undefined ? '' : better ? 'good' : 'bad'}`}>
      <span aria-hidden="true">{more ? '▲' : '▼'}</span>
      <span class="unseen">{more ? 'more by' : 'less by'}</span> {text}
      {word ? <span class="unseen"> {word}</span> : null}
    </span>
  );
}
