import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';

export interface AxisHeadProps {
  name: string;
  x: number;
  /** the distance of two axes */
  room: number;
  onMove: (by: number) => void;
  onRemove: () => void;
}

const REMOVES = ['Delete', 'Backspace'];

/** An axis's name: dragged, or moved with arrow keys; Delete takes the axis away. */
export function AxisHead({ name, x, room, onMove, onRemove }: AxisHeadProps): VNode {
  const from = useRef<number | null>(null);
  const end = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    if (from.current === null) return;
    const by = Math.round((event.clientX - from.current) / room);
    from.current = null;
    event.currentTarget.style.translate = '';
    if (by !== 0) onMove(by);
  };
  return (
    <button
      type="button"
      class="axis-head"
      style={{ left: `${x}px`, maxWidth: `${room - 6}px` }}
      title={`${name}: drag or use the arrow keys to move it, Delete to take it away`}
      aria-label={`Axis ${name}: arrow keys move it, Delete takes it away`}
      onPointerDown={(event) => {
        from.current = event.clientX;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (from.current !== null) event.currentTarget.style.translate = `${event.clientX - from.current}px`;
      }}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') onMove(-1);
        else if (event.key === 'ArrowRight') onMove(1);
        else if (REMOVES.includes(event.key)) onRemove();
        else return;
        event.preventDefault();
      }}
    >
      {name}
    </button>
  );
}
