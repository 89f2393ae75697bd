import type { VNode } from 'preact';
import { theme } from '../shared/theme.ts';

const WIDTH = 64;
const HEIGHT = 16;

/** The last effects as a small line, over the threshold as a dashed one. The word beside it says the same. */
export function Sparkline(props: { points: { x: number; y: number }[]; threshold: number }): VNode {
  const { points, threshold } = props;
  const first = points[0]?.x ?? 0;
  const width = (points.at(-1)?.x ?? 1) - first || 1;
  const top = Math.max(threshold * 1.2, ...points.map(({ y }) => y));
  const y = (value: number) => (HEIGHT - 1 - (value / top) * (HEIGHT - 2)).toFixed(1);
  const line = points.map((point) => `${(((point.x - first) / width) * WIDTH).toFixed(1)},${y(point.y)}`).join(' ');
  const { foreground, muted } = theme.value;
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <line x1="0" x2={WIDTH} y1={y(threshold)} y2={y(threshold)} stroke={muted} stroke-dasharray="2 2" />
      <polyline points={line} fill="none" stroke={foreground} stroke-width="1.2" />
    </svg>
  );
}
