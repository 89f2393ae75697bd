import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { CompareContext } from '../context.ts';
import { without } from '../model/brushes.ts';
import type { Axis } from './axis.ts';
import type { Frame } from './geometry.ts';
import { placeAt, placeY } from './geometry.ts';
import { shortened } from './picture.ts';

const CLICK = 0.015;

/** An axis with its labels, and the stretch of it that is marked: with the pointer, or its ends with arrow keys. */
export function AxisBand(props: { axis: Axis; x: number; frame: Frame; context: CompareContext }): VNode {
  const { axis, x, frame, context } = props;
  const { look, host } = context;
  const { id, name } = axis.column;
  const [drag, setDrag] = useState<[number, number] | null>(null);
  const brush = look.brushes[id];
  const [low, high] = drag ? [Math.min(...drag), Math.max(...drag)] : brush ? axis.stretchOf(brush) : [0, 1];
  const marked = brush !== undefined || drag !== null;
  const mark = (from: number, to: number) => {
    const next = axis.brushOf(Math.max(0, Math.min(from, to)), Math.min(1, Math.max(from, to)));
    host.keep({ brushes: next ? { ...look.brushes, [id]: next } : without(look.brushes, id) });
  };
  const placeUnder = (event: PointerEvent & { currentTarget: HTMLElement }) =>
    placeAt(event.clientY - event.currentTarget.getBoundingClientRect().top, frame);
  const end = () => {
    if (!drag) return;
    setDrag(null);
    // a click clears
    if (Math.abs(drag[1] - drag[0]) < CLICK) host.keep({ brushes: without(look.brushes, id) });
    else mark(...drag);
  };
  return (
    <div
      class="axis"
      style={{ left: `${x}px`, height: `${frame.height}px` }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag([placeUnder(event), placeUnder(event)]);
      }}
      onPointerMove={(event) => drag && setDrag([drag[0], placeUnder(event)])}
      onPointerUp={end}
      onPointerCancel={() => setDrag(null)}
    >
      <div
        class="axis-line"
        style={{ top: `${placeY(1, frame)}px`, height: `${placeY(0, frame) - placeY(1, frame)}px` }}
      />
      {marked ? (
        <div
          class="axis-mark"
          style={{
            top: `${placeY(high, frame)}px`,
            height: `${Math.max(2, placeY(low, frame) - placeY(high, frame))}px`,
          }}
        />
      ) : null}
      {axis.ticks.map(({ place, label }) => (
        <span key={label} class="axis-tick" style={{ top: `${placeY(place, frame)}px` }} title={label}>
          {shortened(label)}
        </span>
      ))}
      <End what={`Upper end of ${name}`} place={high} axis={axis} frame={frame} onMove={(to) => mark(low, to)} />
      <End what={`Lower end of ${name}`} place={low} axis={axis} frame={frame} onMove={(to) => mark(to, high)} />
    </div>
  );
}

interface EndProps {
  what: string;
  place: number;
  axis: Axis;
  frame: Frame;
  onMove: (place: number) => void;
}

function End({ what, place, axis, frame, onMove }: EndProps): VNode {
  const moves: Record<string, number> = { ArrowUp: axis.step, ArrowDown: -axis.step };
  return (
    <div
      class="axis-end"
      role="slider"
      tabIndex={0}
      aria-label={what}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(place * 100)}
      style={{ top: `${placeY(place, frame)}px` }}
      onKeyDown={(event) => {
        const by = moves[event.key];
        if (by === undefined) return;
        event.preventDefault();
        onMove(Math.min(1, Math.max(0, place + by)));
      }}
    />
  );
}
