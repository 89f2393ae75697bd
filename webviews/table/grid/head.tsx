import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { TableContext } from '../context.ts';
import { NAME_FIELD } from '../data/fields.ts';
import type { Column } from '../view/columns.ts';
import { dropBefore, resize, sortBy } from './actions.ts';
import { cellStyle } from './cell.tsx';
import { HEAD } from './keys.ts';
import type { Layout } from './layout.ts';
import { cellId } from './row.tsx';

const DRAGGED = 'application/x-crisol-column';

export interface HeadProps {
  context: TableContext;
  layout: Layout;
  /** the column that the keyboard is in */
  active: number | undefined;
  openMenu: (column: Column) => void;
  markAll: () => void;
  allMarked: boolean;
}

export function Head(props: HeadProps): VNode {
  const { layout, markAll, allMarked, active } = props;
  const cell = (column: Column) => <HeadCell key={column.field.id} {...props} column={column} />;
  return (
    <tr aria-rowindex={1} class="row heads" style={{ width: `${layout.width}px` }} data-line={HEAD}>
      <th
        scope="col"
        id={cellId(HEAD, 1)}
        class={`cell pinned mark${active === 0 ? ' active' : ''}`}
        aria-colindex={1}
        aria-label="Marked"
      >
        <input
          type="checkbox"
          class="tick-box"
          tabIndex={-1}
          checked={allMarked}
          aria-label="Mark all runs that are shown"
          onChange={markAll}
        />
      </th>
      {layout.pinned.map(cell)}
      <td class="gap" aria-hidden="true" style={{ width: `${layout.gap}px` }} />
      {layout.loose.map(cell)}
    </tr>
  );
}

function HeadCell({ context, column, active, openMenu }: HeadProps & { column: Column }): VNode {
  const { field } = column;
  const at = context.columns.indexOf(column);
  const place = context.look.sorts.findIndex((sort) => sort.field === field.id);
  const sort = context.look.sorts[place];
  const align = field.type === 'number' || field.type === 'duration' ? ' right' : '';
  return (
    <th
      scope="col"
      id={cellId(HEAD, at + 2)}
      aria-colindex={at + 2}
      aria-sort={sort ? (sort.descending ? 'descending' : 'ascending') : undefined}
      class={`cell column-head${align}${column.pinned ? ' pinned' : ''}${active === at + 1 ? ' active' : ''}`}
      style={cellStyle(column)}
      title={`${field.key} (${field.kind === 'run' ? 'of the run' : field.kind})`}
      draggable={field.id !== NAME_FIELD}
      onClick={(event) => sortBy(context, field, event.shiftKey)}
      onContextMenu={(event) => {
        event.preventDefault();
        openMenu(column);
      }}
      onDragStart={(event) => event.dataTransfer?.setData(DRAGGED, field.id)}
      onDragOver={(event) => {
        if (event.dataTransfer?.types.includes(DRAGGED)) event.preventDefault();
      }}
      onDrop={(event) => dropBefore(context, event.dataTransfer?.getData(DRAGGED) ?? '', column)}
    >
      <span class="head-title">{field.title}</span>
      {sort ? (
        <span class="sort" aria-hidden="true">
          {sort.descending ? '↓' : '↑'}
          {context.look.sorts.length > 1 ? place + 1 : ''}
        </span>
      ) : null}
      <button
        type="button"
        class="more"
        tabIndex={-1}
        aria-label={`What to do with ${field.title}`}
        onClick={(event) => {
          event.stopPropagation();
          openMenu(column);
        }}
      >
        ⋯
      </button>
      <Grip context={context} column={column} />
    </th>
  );
}

/** The right edge of a head: drawn to another place, it makes the column wider or narrower. */
function Grip({ context, column }: { context: TableContext; column: Column }): VNode {
  const from = useRef<{ x: number; width: number } | null>(null);
  return (
    <span
      class="grip"
      aria-hidden="true"
      draggable
      onDragStart={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      onClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width: column.width };
      }}
      onPointerMove={(event) => {
        if (from.current) resize(context, column, from.current.width + event.clientX - from.current.x);
      }}
      onPointerUp={() => {
        from.current = null;
      }}
    />
  );
}
