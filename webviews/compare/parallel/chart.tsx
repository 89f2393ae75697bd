import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { Figure } from '../../shared/chart/figure.tsx';
import { theme } from '../../shared/theme.ts';
import { hoverLine } from '../charts/hover-line.ts';
import type { CompareContext } from '../context.ts';
import { cellText } from '../model/cells.ts';
import type { Column } from '../model/columns.ts';
import type { Item } from '../model/items.ts';
import { useWidth } from '../parts/use-width.ts';
import { SaveMenu } from '../pictures/save-menu.tsx';
import type { Axis } from './axis.ts';
import { AxisBand } from './axis-band.tsx';
import { AxisHeads } from './axis-heads.tsx';
import type { Trace } from './geometry.ts';
import { axisX, traceAt, tracesOf } from './geometry.ts';
import { parallelSvg } from './picture.ts';
import { byStanding } from './standing.ts';
import { TraceLines } from './trace-lines.tsx';

const HEIGHT = 300;
const TITLE = 'Parallel coordinates';
/** an axis needs so much width for its labels; more of them scroll */
const AXIS_WIDTH = 90;

interface ParallelProps {
  axes: Axis[];
  colourOf: (item: Item) => string;
  /** by which they are coloured */
  colour: Column | undefined;
  context: CompareContext;
}

/** Each run a line over the axes; marking a stretch of an axis keeps the runs that pass there. */
export function ParallelChart({ axes, colourOf, colour, context }: ParallelProps): VNode {
  const { all, shown, host } = context;
  const [box, room] = useWidth();
  const width = Math.max(room, axes.length * AXIS_WIDTH);
  const frame = { width, height: HEIGHT };
  const traces = useMemo(() => tracesOf(byStanding(all, colour), axes, frame), [all, colour, axes, width]);
  const inside = useMemo(() => new Set(shown), [shown]);
  const kept = traces.filter(({ item }) => inside.has(item));
  const traceColour = ({ item }: Trace) => colourOf(item);
  const table = () => tableOf(shown, axes);
  const svg = () =>
    parallelSvg({ axes, traces: kept, colourOf: traceColour, frame, theme: theme.peek(), title: TITLE });
  const names = axes.map(({ column }) => column.name).join(', ');
  return (
    <Figure
      title={TITLE}
      large
      facts={<Pointed items={shown} />}
      table={table}
      actions={<SaveMenu title={TITLE} host={host} svg={svg} table={table} />}
    >
      <div class="parallel" ref={box}>
        <div style={{ width: `${width}px` }}>
          <AxisHeads axes={axes} frame={frame} context={context} />
          <div class="parallel-lines" onPointerMove={(event) => pointAt(event, kept)} onPointerLeave={pointNowhere}>
            <TraceLines
              traces={traces}
              kept={kept}
              colourOf={traceColour}
              frame={frame}
              label={`${TITLE} of ${shown.length} runs over ${names}`}
            />
            {axes.map((axis, at) => {
              const x = axisX(at, axes.length, frame);
              return <AxisBand key={axis.column.id} axis={axis} x={x} frame={frame} context={context} />;
            })}
          </div>
        </div>
      </div>
    </Figure>
  );
}

/** Which line that is, or what can be done here. */
function Pointed({ items }: { items: readonly Item[] }): VNode {
  const name = items.find(({ id }) => id === hoverLine.value)?.name;
  return <span>{name ?? 'Drag along an axis to keep the runs that pass there; drag its name to move it.'}</span>;
}

function pointAt(event: PointerEvent & { currentTarget: HTMLElement }, traces: readonly Trace[]): void {
  if (event.buttons !== 0) return;
  const { left, top } = event.currentTarget.getBoundingClientRect();
  hoverLine.value = traceAt(traces, event.clientX - left, event.clientY - top);
}

function pointNowhere(): void {
  hoverLine.value = null;
}

function tableOf(items: readonly Item[], axes: readonly Axis[]) {
  return {
    head: ['Run', ...axes.map(({ column }) => column.name)],
    rows: items.map(({ id, name }) => [name, ...axes.map(({ column }) => cellText(column.cells.get(id)))]),
  };
}
