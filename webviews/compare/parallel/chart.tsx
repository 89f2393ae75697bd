import type { VNode } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Figure } from '../../shared/chart/figure.tsx';
import { theme } from '../../shared/theme.ts';
import { hoverLine } from '../charts/hover-line.ts';
import type { CompareContext } from '../context.ts';
import { without } from '../model/brushes.ts';
import { cellText } from '../model/cells.ts';
import type { Item } from '../model/items.ts';
import { useWidth } from '../parts/use-width.ts';
import { SaveMenu } from '../pictures/save-menu.tsx';
import type { Axis } from './axis.ts';
import { AxisBand } from './axis-band.tsx';
import { AxisHead } from './axis-head.tsx';
import { moved } from './choice.ts';
import type { Trace } from './geometry.ts';
import { axisX, traceAt, tracesOf } from './geometry.ts';
import { paintTraces } from './paint.ts';
import { parallelSvg } from './picture.ts';

const HEIGHT = 300;
const TITLE = 'Parallel coordinates';
/** an axis needs so much width for its labels; more of them scroll */
const AXIS_WIDTH = 90;

interface ParallelProps {
  axes: Axis[];
  colourOf: (item: Item) => string;
  context: CompareContext;
}

/** Each run a line over the axes; marking a stretch of an axis keeps the runs that pass there. */
export function ParallelChart({ axes, colourOf, context }: ParallelProps): VNode {
  const { all, shown, host, look } = context;
  const [box, room] = useWidth();
  const width = Math.max(room, axes.length * AXIS_WIDTH);
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = { width, height: HEIGHT };
  const traces = useMemo(() => tracesOf(all, axes, frame), [all, axes, width]);
  const inside = useMemo(() => new Set(shown.map(({ id }) => id)), [shown]);
  const kept = traces.filter(({ item }) => inside.has(item.id));
  const traceColour = ({ item }: Trace) => colourOf(item);
  const pointed = hoverLine.value;
  useEffect(() => {
    if (!canvas.current || width === 0) return;
    paintTraces(canvas.current, width, HEIGHT, {
      faint: traces.filter(({ item }) => !inside.has(item.id)),
      traces: kept,
      pointed: kept.find(({ item }) => item.id === pointed),
      colourOf: traceColour,
      faintColour: theme.value.muted,
      background: theme.value.background,
    });
  });
  const ids = axes.map(({ column }) => column.id);
  const name = shown.find(({ id }) => id === pointed)?.name;
  return (
    <Figure
      title={TITLE}
      large
      facts={<span>{name ?? 'Drag along an axis to keep the runs that pass there; drag its name to move it.'}</span>}
      table={() => tableOf(shown, axes)}
      actions={
        <SaveMenu
          title={TITLE}
          host={host}
          svg={() =>
            parallelSvg({ axes, traces: kept, colourOf: traceColour, frame, theme: theme.peek(), title: TITLE })
          }
          table={() => tableOf(shown, axes)}
        />
      }
    >
      <div class="parallel" ref={box}>
        <div class="parallel-inner" style={{ width: `${width}px` }}>
          <div class="axis-heads">
            {axes.map(({ column, logarithmic }, at) => (
              <AxisHead
                key={column.id}
                name={logarithmic ? `${column.name} (log)` : column.name}
                x={axisX(at, axes.length, frame)}
                room={width / axes.length}
                onMove={(by) => host.keep({ axes: moved(ids, column.id, at + by) })}
                onRemove={() =>
                  host.keep({ axes: ids.filter((id) => id !== column.id), brushes: without(look.brushes, column.id) })
                }
              />
            ))}
          </div>
          <div
            class="parallel-lines"
            onPointerMove={(event) => pointAt(event, kept)}
            onPointerLeave={() => {
              hoverLine.value = null;
            }}
          >
            <canvas
              ref={canvas}
              style={{ width: `${width}px`, height: `${HEIGHT}px` }}
              role="img"
              aria-label={`${TITLE} of ${shown.length} runs over ${axes.map(({ column }) => column.name).join(', ')}`}
            />
            {axes.map((axis, at) => (
              <AxisBand
                key={axis.column.id}
                axis={axis}
                x={axisX(at, axes.length, frame)}
                frame={frame}
                context={context}
              />
            ))}
          </div>
        </div>
      </div>
    </Figure>
  );
}

function pointAt(event: PointerEvent & { currentTarget: HTMLElement }, traces: readonly Trace[]): void {
  if (event.buttons !== 0) return;
  const { left, top } = event.currentTarget.getBoundingClientRect();
  hoverLine.value = traceAt(traces, event.clientX - left, event.clientY - top);
}

function tableOf(items: readonly Item[], axes: readonly Axis[]) {
  return {
    head: ['Run', ...axes.map(({ column }) => column.name)],
    rows: items.map(({ id, name }) => [name, ...axes.map(({ column }) => cellText(column.cells.get(id)))]),
  };
}
