import type { RefObject, VNode } from 'preact';
import type { CompareHost } from '../context.ts';
import { hoverLine } from './hover-line.ts';

export interface RunsCanvasProps {
  canvas: RefObject<HTMLCanvasElement | null>;
  /** runs in the order in which arrow keys go through them */
  ids: readonly string[];
  label: string;
  host: CompareHost;
}

/** The canvas of a chart that has a mark for each run: keys go from one to the next, and open it, as a click does. */
export function RunsCanvas({ canvas, ids, label, host }: RunsCanvasProps): VNode {
  const open = () => {
    const run_id = hoverLine.peek();
    if (run_id !== null) host.post({ type: 'compare/open', run_id });
  };
  const point = (id: string | null) => () => {
    hoverLine.value = id;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const acts: Record<string, () => void> = {
      ArrowRight: point(neighbourOf(ids, hoverLine.value, 1)),
      ArrowLeft: point(neighbourOf(ids, hoverLine.value, -1)),
      Home: point(ids[0] ?? null),
      End: point(ids.at(-1) ?? null),
      Escape: point(null),
      Enter: open,
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <canvas
      ref={canvas}
      tabIndex={0}
      role="img"
      aria-label={`${label} Arrow keys read them, Enter opens one.`}
      onPointerLeave={point(null)}
      onBlur={point(null)}
      onKeyDown={onKeyDown}
      onClick={open}
    />
  );
}

/** The first one where none is pointed at. */
export function neighbourOf(ids: readonly string[], id: string | null, by: 1 | -1): string | null {
  const at = id === null ? -1 : ids.indexOf(id);
  return ids[Math.min(ids.length - 1, Math.max(0, at < 0 ? 0 : at + by))] ?? null;
}
