export interface Size {
  width: number;
  height: number;
}

const SMALLEST = 0.02;
const LARGEST = 2;
/** Below this, words cannot be read. */
export const READABLE = 0.5;
/** A graph that fits at this scale is shown whole. */
const WHOLE = 0.65;
/** Free space around it, on both sides together. */
const MARGIN = 48;

export function within(scale: number): number {
  return Math.min(LARGEST, Math.max(SMALLEST, scale));
}

/** All of it is seen; what is small is not blown up. */
export function fitting(graph: Size, room: Size): number {
  const across = (room.width - MARGIN) / Math.max(1, graph.width);
  const down = (room.height - MARGIN) / Math.max(1, graph.height);
  return within(Math.min(1, across, down));
}

/** What one wants to see at first: the whole where that can be read, else as much as fits across, readable. */
export function comfortable(graph: Size, room: Size): number {
  const whole = fitting(graph, room);
  if (whole >= WHOLE) return whole;
  return Math.max(READABLE, fitting({ ...graph, height: 0 }, room));
}
