import type { VNode } from 'preact';
import { hoverX } from '../../shared/chart/hover.ts';
import { Swatch } from '../../shared/chart/legend.tsx';
import type { Line } from '../../shared/chart/lines.ts';
import { nearest } from '../../shared/chart/lines.ts';
import { formatNumber } from '../../shared/format.ts';
import type { CompareX } from '../look.ts';
import { xText } from './curve-config.ts';
import { hoverLine } from './hover-line.ts';
import { around, readLines } from './nearest-line.ts';

const SHOWN = 7;

/** The values at the crosshair: of many lines those around the one that is pointed at. Read aloud too. */
export function CurveReadout({ lines, x }: { lines: Line[]; x: CompareX }): VNode {
  const at = hoverX.value;
  const pointed = hoverLine.value;
  if (at === null || lines.length === 0) return <div class="readout" role="status" />;
  const shown = around(readLines(lines, at), pointed, SHOWN);
  const line = lines.find(({ id }) => id === pointed) ?? lines[0];
  const place = (line && nearest(line.points, at)?.x) ?? at;
  return (
    <div class={isRight(lines, at) ? 'readout shown left' : 'readout shown'} role="status">
      <span class="muted">{x === 'step' ? `step ${xText(x)(place)}` : xText(x)(place)}</span>
      {shown.map(({ line: one, value }) => (
        <span key={one.id} class={one.id === pointed ? 'readout-value pointed' : 'readout-value'}>
          <Swatch style={one.style} />
          <span class="readout-name">{one.name}</span>
          <b>{value === undefined ? '–' : formatNumber(value)}</b>
        </span>
      ))}
      {lines.length > shown.length ? <span class="muted">and {lines.length - shown.length} more</span> : null}
    </div>
  );
}

/** It stands on the side where the crosshair is not. */
function isRight(lines: readonly Line[], at: number): boolean {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { points } of lines) {
    first = Math.min(first, points[0]?.x ?? first);
    last = Math.max(last, points.at(-1)?.x ?? last);
  }
  return at > (first + last) / 2;
}
