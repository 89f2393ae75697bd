import type { VNode } from 'preact';
import { runLook, StateMark } from '../../shared/work-state.tsx';
import type { TableContext } from '../context.ts';
import { Sparkline } from '../curves/sparkline.tsx';
import { hasCurves } from '../curves/use-curves.ts';
import type { Field } from '../data/fields.ts';
import { NAME_FIELD } from '../data/fields.ts';
import type { Difference } from '../view/cells.ts';
import { cellText, differenceOf } from '../view/cells.ts';
import type { Column } from '../view/columns.ts';
import { fullBar } from '../view/view.ts';
import { MARK_WIDTH } from './layout.ts';

/** as in bars.css */
const BAR_STEPS = 20;

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
      class={`cell${align}${tone}${column.pinned ? ' pinned' : ''}${active ? ' active' : ''}${indent ? ' indent' : ''}${barClass(part)}`}
      style={cellStyle(column)}
    >
      {hasCurves(column, context.look) ? (
        <Sparkline outline={context.curves.outline(context.runs.ids[row] ?? '', field.key)} />
      ) : null}
      <Content context={context} field={field} row={row} />
      {difference?.change ? <Change change={difference.change} /> : null}
    </td>
  );
}

/** The same for all cells of a column: what a browser does for a style of its own is much, for tens of thousands of cells. */
export function cellStyle({ width, pinned, left }: Column): Record<string, string> {
  const style: Record<string, string> = { width: `${width}px` };
  if (pinned) style.left = `${left + MARK_WIDTH}px`;
  return style;
}

/** In steps, so that bars are a few classes. */
function barClass(part: number): string {
  const step = Math.round(part * BAR_STEPS);
  return step > 0 ? ` bar bar-${step}` : '';
}

function barOf({ view }: TableContext, field: Field, row: number): number {
  const full = fullBar(view, field);
  const value = Math.abs(field.number(row) ?? 0);
  return full > 0 && Number.isFinite(value) ? value / full : 0;
}

function Content({ context, field, row }: { context: TableContext; field: Field; row: number }): VNode | string {
  const { runs, now, baseline } = context;
  if (field.type === 'state') return <StateMark {...runLook(runs.state(row), runs.prunedStep(row))} />;
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
