import type { LineStyle } from '../../shared/palette.ts';

/** Multiples of it never come to lie in rows. */
const GOLDEN = 0.618;

/** Where along a line its marks stand: enough to tell lines apart, fewer the more lines there are. */
export function markPlaces(points: number, lines: number, line: number): number[] {
  // a single point is nothing without its mark
  if (points === 1) return [0];
  const marks = lines <= 12 ? 10 : lines <= 40 ? 4 : lines <= 80 ? 2 : 0;
  if (points <= marks * 2) return Array.from({ length: points }, (_, at) => at);
  // side by side: marks of all lines in one place would hide each other
  const shift = (line * GOLDEN) % 1;
  return Array.from({ length: marks }, (_, at) => Math.floor(((at + shift) * points) / marks));
}

/** A mark of radius `r` around the origin, as the path of an SVG and of a canvas. */
export function markPath(marker: LineStyle['marker'], r: number): string {
  const d = (r * 0.75).toFixed(2);
  const paths: Record<LineStyle['marker'], string> = {
    circle: `M${r} 0A${r} ${r} 0 1 1 ${-r} 0A${r} ${r} 0 1 1 ${r} 0Z`,
    rect: `M-${d} -${d}H${d}V${d}H-${d}Z`,
    triangle: `M0 -${r}L${r} ${d}L-${r} ${d}Z`,
    rectRot: `M0 -${r}L${r} 0L0 ${r}L-${r} 0Z`,
    crossRot: `M-${d} -${d}L${d} ${d}M-${d} ${d}L${d} -${d}`,
    star: `M-${d} -${d}L${d} ${d}M-${d} ${d}L${d} -${d}M-${r} 0H${r}M0 -${r}V${r}`,
  };
  return paths[marker];
}
