import type { VNode } from 'preact';
import { Breakable } from '../../shared/breakable.tsx';
import { Swatch } from '../../shared/chart/legend.tsx';
import { formatChange } from '../../shared/format.ts';
import { runLook, StateMark } from '../../shared/work-state.tsx';
import { hoverLine } from '../charts/hover-line.ts';
import type { CompareContext } from '../context.ts';
import { tableText } from '../model/cells.ts';
import type { Column } from '../model/columns.ts';
import type { Item } from '../model/items.ts';
import { isBetter } from '../model/metrics.ts';
import { sortedItems } from '../model/sorting.ts';
import { useWindow } from './use-window.ts';

const ROW_HEIGHT = 26;

/** The runs, a row each, the baseline on top: what differs from it is bold, and by how much. */
export function RunTable(props: { context: CompareContext; columns: Column[]; alone?: boolean }): VNode {
  const { context, columns, alone = false } = props;
  const { all, shown, look } = context;
  const [baseline] = all;
  const rows = sortedItems(shown, columns, look.sort, baseline);
  const { box, from, to } = useWindow(rows.length, ROW_HEIGHT);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys scroll only what has the focus
    <section class={alone ? 'wide runs-box alone' : 'wide runs-box'} ref={box} tabIndex={0} aria-label="Runs">
      <table class="sheet runs-table" aria-label="Runs" aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            <SortHead id="name" name="Run" context={context} />
            <th scope="col">State</th>
            {columns.map((column) => (
              <SortHead
                key={column.id}
                id={column.id}
                name={column.name}
                aligned={alignment(column)}
                context={context}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          <Space rows={from} />
          {rows.slice(from, to).map((item, at) => (
            <Row
              key={item.id}
              item={item}
              baseline={baseline}
              columns={columns}
              context={context}
              index={from + at + 2}
            />
          ))}
          <Space rows={rows.length - to} />
        </tbody>
      </table>
    </section>
  );
}

/** The room of rows that are not there. */
function Space({ rows }: { rows: number }): VNode | null {
  return rows > 0 ? <tr class="space" style={{ height: `${rows * ROW_HEIGHT}px` }} /> : null;
}

interface SortHeadProps {
  id: string;
  name: string;
  aligned?: string;
  context: CompareContext;
}

function SortHead({ id, name, aligned, context }: SortHeadProps): VNode {
  const { look, host } = context;
  const mine = look.sort?.column === id ? look.sort : null;
  const next = !mine ? { column: id, descending: false } : mine.descending ? null : { column: id, descending: true };
  return (
    <th
      scope="col"
      class={aligned}
      aria-sort={mine ? (mine.descending ? 'descending' : 'ascending') : 'none'}
      title={name}
    >
      <button type="button" class="sort" onClick={() => host.keep({ sort: next })}>
        <Breakable name={name} /> {mine ? <span aria-hidden="true">{mine.descending ? '▼' : '▲'}</span> : null}
      </button>
    </th>
  );
}

interface RowProps {
  item: Item;
  baseline: Item | undefined;
  columns: Column[];
  context: CompareContext;
  index: number;
}

function Row({ item, baseline, columns, context, index }: RowProps): VNode {
  const { host } = context;
  return (
    <tr
      class={item.id === hoverLine.value ? 'pointed' : undefined}
      aria-rowindex={index}
      onPointerEnter={() => {
        hoverLine.value = item.id;
      }}
      onPointerLeave={() => {
        hoverLine.value = null;
      }}
    >
      <th scope="row">
        <div class="run-name">
          <Swatch style={item.style} />
          <button
            type="button"
            class="link"
            title={item.name}
            onClick={() => host.post({ type: 'compare/open', run_id: item.id })}
          >
            {item.name}
          </button>
          {item === baseline ? (
            <span class="badge">baseline</span>
          ) : (
            <button
              type="button"
              class="link quiet-link"
              title="Compare the others with this run"
              aria-label={`Use ${item.name} as baseline`}
              onClick={() => host.keep({ baseline: item.id })}
            >
              as baseline
            </button>
          )}
        </div>
      </th>
      <td>
        <StateMark {...runLook(item.run.state, item.run.pruned_step)} />
      </td>
      {columns.map((column) => (
        <Value key={column.id} column={column} item={item} baseline={baseline} />
      ))}
    </tr>
  );
}

function Value({ column, item, baseline }: { column: Column; item: Item; baseline: Item | undefined }): VNode {
  const cell = column.cells.get(item.id);
  const standard = baseline && column.cells.get(baseline.id);
  const unlike = item !== baseline && !Object.is(cell, standard);
  const full = cell === undefined ? '' : String(cell);
  return (
    <td class={`${alignment(column)} ${unlike ? 'unlike' : 'alike'}`} title={full}>
      <span class="cell">{tableText(column, cell)}</span>
      {unlike ? <Delta column={column} cell={cell} standard={standard} /> : null}
    </td>
  );
}

/** Beside a metric stands by how much it differs, so its numbers begin at the left. */
function alignment({ kind, numeric }: Column): string {
  if (!numeric) return '';
  return kind === 'metric' ? 'number compared' : 'number';
}

function Delta({ column, cell, standard }: { column: Column; cell: unknown; standard: unknown }): VNode | null {
  if (column.kind !== 'metric' || typeof cell !== 'number' || typeof standard !== 'number') return null;
  const delta = cell - standard;
  if (!Number.isFinite(delta) || delta === 0) return null;
  const better = isBetter(column.name, delta);
  return (
    <span class={better ? 'change good' : 'change bad'}>
      <span aria-hidden="true">{delta > 0 ? '▲' : '▼'}</span>
      <span class="unseen">{delta > 0 ? 'more by' : 'less by'}</span> {formatChange(Math.abs(delta), cell)}{' '}
      {better ? 'better' : 'worse'}
    </span>
  );
}
