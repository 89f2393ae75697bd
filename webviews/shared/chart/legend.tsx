import type { VNode } from 'preact';
import type { LineStyle } from '../palette.ts';

const SHAPES: Record<LineStyle['marker'], string> = {
  circle: 'M13 3a3 3 0 1 0 .01 0Z',
  rect: 'M10 3h6v6h-6Z',
  triangle: 'M13 2.5 16.5 9h-7Z',
  rectRot: 'M13 2l4 4-4 4-4-4Z',
  crossRot: 'M10 3l6 6m0-6-6 6',
  star: 'M10 3l6 6m0-6-6 6m-1-3h8m-4-4v8',
};

/** A short piece of the line, as the charts draw it. */
export function Swatch({ style }: { style: LineStyle }): VNode {
  return (
    <svg class="swatch" width="26" height="12" viewBox="0 0 26 12" aria-hidden="true">
      <path d="M0 6h26" stroke={style.colour} stroke-width="2" stroke-dasharray={style.dash.join(' ')} fill="none" />
      <path d={SHAPES[style.marker]} fill={style.colour} stroke={style.colour} stroke-width="1.5" />
    </svg>
  );
}
