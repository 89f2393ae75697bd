import type { VNode } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { TableContext } from '../context.ts';
import { useCurves } from '../curves/use-curves.ts';
import type { Column } from '../view/columns.ts';
import { idsOf } from '../view/groups.ts';
import { ColumnMenu } from './column-menu.tsx';
import { Head } from './head.tsx';
import type { Spot } from './keys.ts';
import { HEAD } from './keys.ts';
import type { Layout } from './layout.ts';
import { layoutOf, MARK_WIDTH } from './layout.ts';
import { onCellClick, onCellOver } from './pointer.ts';
import { cellId, GroupRow, Row } from './row.tsx';
import { useKeys } from './use-keys.ts';
import { useAnchor, useKeptPlace, useWindow } from './use-place.ts';
import type { Window } from './window.ts';
import { ROW_HEIGHT } from './window.ts';

/** The lines that are seen, and a few around them: as many as there are, only these are on the page. */
export function Grid({ context, order }: { context: TableContext; order: string }): VNode {
  const { view, columns, selection } = context;
  const scroller = useRef<HTMLDivElement>(null);
  const [spot, setSpot] = useState<Spot | null>(null);
  const [menu, setMenu] = useState<Column | null>(null);
  const window = useWindow(scroller, view, columns);
  const layout = useMemo(() => layoutOf(columns, window), [columns, window]);
  useAnchor(scroller, view, order);
  useKeptPlace(scroller, view, context.host);
  useCurves(context, layout, window);
  const onKeyDown = useKeys({ context, scroller, spot, setSpot, openMenu: setMenu });
  const marked = selection.ids.value;
  const grouped = view.groups.length > 0;
  return (
    <div class="grid-frame">
      <div ref={scroller} class="grid">
        {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: both of its roles support them */}
        <table
          role={grouped ? 'treegrid' : 'grid'}
          tabIndex={0}
          aria-label="Runs"
          aria-multiselectable="true"
          aria-rowcount={view.lines.length + 1}
          aria-colcount={columns.length + 1}
          aria-activedescendant={spot && isDrawn(spot, window) ? cellId(spot.line, spot.column + 1) : undefined}
          onKeyDown={onKeyDown}
          onFocus={() => setSpot((now) => now ?? { line: view.lines.length > 0 ? 0 : HEAD, column: 1 })}
          onClick={(event) => onCellClick(context, event, setSpot)}
          onMouseOver={(event) => onCellOver(context, event)}
        >
          <Heads context={context} layout={layout} spot={spot} marked={marked} openMenu={setMenu} />
          <tbody style={{ height: `${view.lines.length * ROW_HEIGHT}px`, width: `${layout.width}px` }}>
            <Lines context={context} layout={layout} window={window} spot={spot} marked={marked} />
          </tbody>
        </table>
      </div>
      {menu ? (
        <ColumnMenu
          context={context}
          column={columns.find(({ field }) => field.id === menu.field.id) ?? menu}
          left={menuPlace(scroller.current, menu)}
          close={() => {
            setMenu(null);
            scroller.current?.querySelector('table')?.focus();
          }}
        />
      ) : null}
    </div>
  );
}

interface HeadsProps extends Omit<LinesProps, 'window'> {
  openMenu: (column: Column) => void;
}

/** They stay in sight, and so does the run that others are compared with. */
function Heads({ context, layout, spot, marked, openMenu }: HeadsProps): VNode {
  const { view, runs, baseline, selection } = context;
  const allMarked = view.rows.length > 0 && view.rows.length === marked.size;
  const markAll = () => selection.replace(allMarked ? [] : Array.from(view.rows, (row) => runs.ids[row] ?? ''));
  const active = spot?.line === HEAD ? spot.column : undefined;
  const id = baseline === undefined ? undefined : runs.ids[baseline];
  return (
    <thead>
      <Head {...{ context, layout, active, openMenu, allMarked, markAll }} />
      {baseline === undefined ? null : (
        <Row
          context={context}
          layout={layout}
          line={HEAD - 1}
          row={baseline}
          selected={marked.has(id ?? '')}
          active={undefined}
        />
      )}
    </thead>
  );
}

interface LinesProps {
  context: TableContext;
  layout: Layout;
  window: Window;
  spot: Spot | null;
  marked: ReadonlySet<string>;
}

/**
 * Lines take turns in the same elements, which stay where they are in the page: scrolling changes texts, and neither makes
 * nor moves elements, which costs the browser far more. Their `aria-rowindex` says in which order they are.
 */
function Lines({ context, layout, window: { firstLine, lastLine }, spot, marked }: LinesProps): VNode {
  const { view, columns, runs, opened } = context;
  const turns = Math.max(1, lastLine - firstLine);
  const drawn: VNode[] = Array(turns).fill(null);
  for (let line = firstLine; line < lastLine; line++) {
    const row = view.lines[line] ?? 0;
    const active = spot?.line === line ? (columns[spot.column - 1]?.field.id ?? 'mark') : undefined;
    const shared = { context, layout, line, active };
    const group = row < 0 ? view.groups[-1 - row] : undefined;
    const key = line % turns;
    drawn[key] = group ? (
      <GroupRow
        key={`g${key}`}
        {...shared}
        group={group}
        open={opened.has(group.value)}
        selected={idsOf(runs, group).every((id) => marked.has(id))}
      />
    ) : (
      <Row key={key} {...shared} row={row} selected={marked.has(runs.ids[row] ?? '')} />
    );
  }
  return <>{drawn}</>;
}

function isDrawn({ line }: Spot, { firstLine, lastLine }: Window): boolean {
  return line < 0 || (line >= firstLine && line < lastLine);
}

const MENU_WIDTH = 200;

/** Under its head, as far as the panel reaches. */
function menuPlace(scroller: HTMLElement | null, column: Column): number {
  if (!scroller) return 0;
  const left = MARK_WIDTH + column.left - (column.pinned ? 0 : scroller.scrollLeft);
  return Math.max(0, Math.min(left, scroller.clientWidth - MENU_WIDTH));
}
