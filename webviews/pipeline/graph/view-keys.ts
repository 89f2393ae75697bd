import type { View } from './use-view.ts';

const PANNED = 0.25;
const PANS: Record<string, [number, number]> = {
  ArrowUp: [0, -PANNED],
  ArrowDown: [0, PANNED],
  ArrowLeft: [-PANNED, 0],
  ArrowRight: [PANNED, 0],
};

/** Whether a key moves the graph or turns its size. */
export function turnView({ key, shiftKey, target }: KeyboardEvent, view: View): boolean {
  const by = shiftKey ? PANS[key] : undefined;
  const around = target instanceof Element ? target : undefined;
  if (by) view.pan(...by);
  else if (key === '+' || key === '=') view.zoomIn(around);
  else if (key === '-') view.zoomOut(around);
  else if (key === '0') view.fit();
  else return false;
  return true;
}
