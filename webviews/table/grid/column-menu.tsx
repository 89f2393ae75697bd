import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { TableContext } from '../context.ts';
import { NAME_FIELD } from '../data/fields.ts';
import type { Column } from '../view/columns.ts';
import { canGroupBy, groupBy, hide, resize, shift, sortBy, sortOnly, togglePin } from './actions.ts';

interface Item {
  title: string;
  act: () => void;
}

const STEP = 24;

/** What can be done with a column, by mouse and by keyboard alike. */
export function ColumnMenu(props: { context: TableContext; column: Column; left: number; close: () => void }): VNode {
  const { context, column, left, close } = props;
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    menu.current?.querySelector('button')?.focus();
  }, [column.field.id]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' || event.key === 'Tab') close();
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key !== 'Tab') event.stopPropagation();
    if (by === 0) return;
    event.preventDefault();
    const items = [...(menu.current?.querySelectorAll('button') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLButtonElement);
    items[(at + by + items.length) % items.length]?.focus();
  };
  return (
    <div
      ref={menu}
      class="menu"
      role="menu"
      tabIndex={-1}
      aria-label={`Column ${column.field.title}`}
      style={{ left: `${left}px` }}
      onKeyDown={onKeyDown}
      onFocusOut={({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node && menu.current?.contains(relatedTarget))) close();
      }}
    >
      {itemsFor(context, column).map(({ title, act }) => (
        <button
          key={title}
          type="button"
          role="menuitem"
          tabIndex={-1}
          onClick={() => {
            close();
            act();
          }}
        >
          {title}
        </button>
      ))}
    </div>
  );
}

function itemsFor(context: TableContext, column: Column): Item[] {
  const { field } = column;
  const { look } = context;
  const isSorted = look.sorts.some((sort) => sort.field === field.id);
  const isName = field.id === NAME_FIELD;
  const items: (Item | false)[] = [
    { title: 'Sort ascending', act: () => sortOnly(context, field, false) },
    { title: 'Sort descending', act: () => sortOnly(context, field, true) },
    !isSorted && look.sorts.length > 0 && { title: 'Then sort by this, too', act: () => sortBy(context, field, true) },
    look.sorts.length > 0 && { title: 'Newest first again', act: () => context.host.keep({ sorts: [] }) },
    canGroupBy(field) && {
      title: look.group === field.id ? 'Stop grouping' : 'Group by this',
      act: () => groupBy(context, field),
    },
    !isName && { title: column.pinned ? 'Unpin' : 'Pin to the left', act: () => togglePin(context, field) },
    !isName && { title: 'Move left', act: () => shift(context, field, -1) },
    !isName && { title: 'Move right', act: () => shift(context, field, 1) },
    { title: 'Wider', act: () => resize(context, column, column.width + STEP) },
    { title: 'Narrower', act: () => resize(context, column, column.width - STEP) },
    !isName && { title: 'Hide', act: () => hide(context, field) },
  ];
  return items.filter((item) => item !== false);
}
