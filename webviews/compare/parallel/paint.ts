import type { Trace } from './geometry.ts';

export interface Painting {
  /** outside the brushes: there, but faint */
  faint: readonly Trace[];
  traces: readonly Trace[];
  pointed: Trace | undefined;
  colourOf: (trace: Trace) => string;
  faintColour: string;
  background: string;
}

export function paintTraces(canvas: HTMLCanvasElement, width: number, height: number, painting: Painting): void {
  const ctx = canvas.getContext('2d');
  if (!ctx) return;
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  ctx.scale(ratio, ratio);
  ctx.lineJoin = 'round';
  const { faint, traces, pointed, colourOf, faintColour, background } = painting;
  ctx.lineWidth = 1;
  ctx.globalAlpha = 0.35;
  for (const trace of faint) stroke(ctx, trace, faintColour);
  ctx.globalAlpha = traces.length > 300 ? 0.5 : 0.85;
  ctx.lineWidth = traces.length > 100 ? 1 : 1.5;
  for (const trace of traces) stroke(ctx, trace, colourOf(trace));
  if (!pointed) return;
  ctx.globalAlpha = 1;
  ctx.lineWidth = 7;
  stroke(ctx, pointed, background);
  ctx.lineWidth = 3;
  stroke(ctx, pointed, colourOf(pointed));
}

function stroke(ctx: CanvasRenderingContext2D, { places }: Trace, colour: string): void {
  ctx.strokeStyle = colour;
  ctx.beginPath();
  for (const { x, y } of places) ctx.lineTo(x, y);
  ctx.stroke();
}
