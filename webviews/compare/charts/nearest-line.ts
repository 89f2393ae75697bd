import type { Line } from '../../shared/chart/lines.ts';
import { nearest } from '../../shared/chart/lines.ts';

export interface ReadLine {
  line: Line;
  /** undefined where the line has nothing near */
  value: number | undefined;
}

/** Each line's value at x, the highest first; those without one last. */
export function readLines(lines: readonly Line[], x: number): ReadLine[] {
  const read = lines.map((line) => {
    const y = nearest(line.points, x)?.y;
    return { line, value: y === undefined || Number.isNaN(y) ? undefined : y };
  });
  return read.sort((a, b) => (b.value ?? Number.NEGATIVE_INFINITY) - (a.value ?? Number.NEGATIVE_INFINITY));
}

/** The line that a pointer at this height is closest to. */
export function lineAt(lines: readonly Line[], x: number, y: number, toPixel: (y: number) => number): string | null {
  let closest: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const { line, value } of readLines(lines, x)) {
    if (value === undefined) break;
    const distance = Math.abs(toPixel(value) - y);
    if (distance < least) {
      least = distance;
      closest = line.id;
    }
  }
  return closest;
}

/** As many as fit beside the pointer, around the one that is pointed at; all in their order. */
export function around(read: readonly ReadLine[], id: string | null, count: number): ReadLine[] {
  if (read.length <= count) return [...read];
  const at = Math.max(
    0,
    read.findIndex(({ line }) => line.id === id),
  );
  const from = Math.min(Math.max(0, at - Math.floor(count / 2)), read.length - count);
  return read.slice(from, from + count);
}

/** The next line up or down from here. */
export function stepLine(read: readonly ReadLine[], id: string | null, direction: 1 | -1): string | null {
  const there = read.filter(({ value }) => value !== undefined);
  const at = there.findIndex(({ line }) => line.id === id);
  const next = at < 0 ? 0 : Math.min(there.length - 1, Math.max(0, at + direction));
  return there[next]?.line.id ?? null;
}
