import type { RefObject } from 'preact';
import type { TableContext } from '../context.ts';
import type { Column } from '../view/columns.ts';
import { idsOf } from '../view/groups.ts';
import { resize, shift, sortBy } from './actions.ts';
import type { Spot } from './keys.ts';
import { HEAD, spotAfter } from './keys.ts';
import { MARK_WIDTH } from './layout.ts';
import { extendTo } from './pointer.ts';
import { reveal } from './use-place.ts';
import { ROW_HEIGHT } from './window.ts';

export interface KeysParts {
  context: TableContext;
  scroller: RefObject<HTMLElement | null>;
  spot: Spot | null;
  setSpot: (spot: Spot) => void;
  openMenu: (column: Column) => void;
}

const STEP = 24;

/** Everything the mouse can do, from the keyboard. */
export function useKeys(parts: KeysParts): (event: KeyboardEvent) => void {
  return (event) => {
    const { context, spot } = parts;
    if (!spot) return;
    const column = context.columns[spot.column - 1];
    const done = spot.line === HEAD ? onHead(parts, column, event) : onLine(parts, spot, event);
    if (done || goOn(parts, spot, event)) event.preventDefault();
  };
}

function goOn({ context, scroller, setSpot }: KeysParts, spot: Spot, event: KeyboardEvent): boolean {
  const element = scroller.current;
  if (!element || event.altKey) return false;
  const { view, columns, baseline } = context;
  const edge = ROW_HEIGHT * (baseline === undefined ? 1 : 2);
  const page = Math.max(1, Math.floor((element.clientHeight - edge) / ROW_HEIGHT) - 1);
  const bounds = { lines: view.lines.length, columns: columns.length + 1, page };
  const next = spotAfter(event.key, event.ctrlKey || event.metaKey, spot, bounds);
  if (!next) return false;
  setSpot(next);
  const lastPinned = columns.findLast(({ pinned }) => pinned);
  const left = MARK_WIDTH + (lastPinned ? lastPinned.left + lastPinned.width : 0);
  reveal(element, next.line, columns[next.column - 1], { top: edge, left });
  if (event.shiftKey && next.line >= 0 && next.line !== spot.line) mark(context, next.line, true);
  return true;
}

/** Enter sorts, Alt and an arrow move the column, Shift and an arrow make it wider or narrower. */
function onHead({ context, openMenu }: KeysParts, column: Column | undefined, event: KeyboardEvent): boolean {
  if (!column) return false;
  const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (event.key === 'Enter') sortBy(context, column.field, event.shiftKey);
  else if (event.key === ' ' || event.key === 'ContextMenu' || (event.altKey && event.key === 'ArrowDown'))
    openMenu(column);
  else if (by !== 0 && event.altKey) shift(context, column.field, by);
  else if (by !== 0 && event.shiftKey) resize(context, column, column.width + by * STEP);
  else return false;
  return true;
}

/** Enter opens, Space marks, B compares the others with it. */
function onLine({ context, setSpot }: KeysParts, spot: Spot, event: KeyboardEvent): boolean {
  const row = context.view.lines[spot.line];
  if (row === undefined || event.altKey || event.ctrlKey || event.metaKey) return false;
  if (row < 0) return onGroup(context, spot, event.key);
  const id = context.runs.ids[row] ?? '';
  if (event.key === 'Enter') context.host.post({ type: 'table/open', run_id: id });
  else if (event.key === ' ') mark(context, spot.line, event.shiftKey);
  else if (event.key === 'b') context.host.keep({ baseline: context.look.baseline === id ? null : id });
  else if (event.key === 'Escape') context.selection.replace([]);
  else return false;
  setSpot(spot);
  return true;
}

/** Space marks its runs where the marks are, and opens it elsewhere, as Enter does. */
function onGroup(context: TableContext, { line, column }: Spot, key: string): boolean {
  const group = context.view.groups[-1 - (context.view.lines[line] ?? 0)];
  if (!group) return false;
  if (column === 0 && key === ' ') {
    context.selection.toggleAll(idsOf(context.runs, group));
    return true;
  }
  const isOpen = context.opened.has(group.value);
  const turns = key === 'Enter' || key === ' ' || (key === 'ArrowRight' && !isOpen) || (key === 'ArrowLeft' && isOpen);
  if (turns) context.toggleGroup(group.value);
  return turns;
}

function mark(context: TableContext, line: number, far: boolean): void {
  const row = context.view.lines[line];
  if (row === undefined || row < 0) return;
  const id = context.runs.ids[row] ?? '';
  if (far) extendTo(context, id);
  else context.selection.toggle(id);
}
