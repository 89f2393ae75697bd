import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { theme } from '../../shared/theme.ts';
import { hoverLine } from '../charts/hover-line.ts';
import type { Frame, Trace } from './geometry.ts';
import { paintTraces } from './paint.ts';

export interface TraceLinesProps {
  traces: readonly Trace[];
  /** those within what is marked */
  kept: readonly Trace[];
  colourOf: (trace: Trace) => string;
  frame: Frame;
  label: string;
}

/** All lines on one canvas, the one that is pointed at on top. */
export function TraceLines({ traces, kept, colourOf, frame, label }: TraceLinesProps): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pointed = hoverLine.value;
  const { muted, background } = theme.value;
  useEffect(() => {
    if (!canvas.current || frame.width === 0) return;
    const inside = new Set(kept);
    paintTraces(canvas.current, frame.width, frame.height, {
      faint: traces.filter((trace) => !inside.has(trace)),
      traces: kept,
      pointed: kept.find(({ item }) => item.id === pointed),
      colourOf,
      faintColour: muted,
      background,
    });
  });
  const size = { width: `${frame.width}px`, height: `${frame.height}px` };
  return <canvas ref={canvas} style={size} role="img" aria-label={label} />;
}
