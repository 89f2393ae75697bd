import type { VNode } from 'preact';
import { xFormat } from './axes.ts';
import { hoverX } from './hover.ts';
import { Swatch } from './legend.tsx';
import type { Line, XAxis } from './lines.ts';
import { nearest } from './lines.ts';

/** The values under the crosshair. It is read aloud too, since arrow keys move the crosshair. */
export function Readout(props: {
  lines: Line[];
  x: XAxis | 'moment';
  format: (value: number) => string;
}): VNode | null {
  const at = hoverX.value;
  if (at === null || props.lines.length === 0) return <div class="readout" role="status" />;
  const found = props.lines.map((line) => ({ line, point: nearest(line.points, at) }));
  const first = found.find(({ point }) => point)?.point?.x ?? at;
  const place = props.x === 'step' ? `step ${first}` : xFormat(props.x)(first);
  return (
    <div class="readout shown" role="status">
      <span class="muted">{place}</span>
      {found.map(({ line, point }) => (
        <span key={line.id} class="readout-value">
          {props.lines.length > 1 ? <Swatch style={line.style} /> : null}
          {props.lines.length > 1 ? <span class="readout-name">{line.name}</span> : null}
          <b>{point ? props.format(point.y) : '–'}</b>
        </span>
      ))}
    </div>
  );
}
