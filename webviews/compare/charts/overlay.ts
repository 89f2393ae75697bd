import type { Chart } from 'chart.js';
import type { Line } from '../../shared/chart/lines.ts';
import type { ChartTheme } from '../../shared/theme.ts';

/** The crosshair and the line that is pointed at, on a canvas of their own: moving the pointer draws nothing else anew. */
export function drawOverlay(
  box: HTMLElement,
  chart: Chart,
  x: number | null,
  line: Line | undefined,
  theme: ChartTheme,
): void {
  const ctx = fitted(canvasIn(box), chart);
  if (!ctx || !chart.scales.x || !chart.scales.y) return;
  const { left, right, top, bottom } = chart.chartArea;
  ctx.beginPath();
  ctx.rect(left - 2, top - 2, right - left + 4, bottom - top + 4);
  ctx.clip();
  if (line) {
    stroke(ctx, chart, line, theme.background, 7);
    stroke(ctx, chart, line, line.style.colour, 3);
  }
  const at = x === null ? Number.NaN : chart.scales.x.getPixelForValue(x);
  if (!(at >= left - 1 && at <= right + 1)) return;
  ctx.strokeStyle = theme.foreground;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(Math.round(at) + 0.5, top);
  ctx.lineTo(Math.round(at) + 0.5, bottom);
  ctx.stroke();
}

function canvasIn(box: HTMLElement): HTMLCanvasElement {
  const there = box.querySelector('canvas');
  if (there) return there;
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-label', 'Crosshair');
  box.append(canvas);
  return canvas;
}

/** An empty canvas as large as the chart's. */
function fitted(canvas: HTMLCanvasElement, chart: Chart): CanvasRenderingContext2D | null {
  const ctx = canvas.getContext('2d');
  const { width, height, currentDevicePixelRatio: ratio } = chart;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  ctx?.reset();
  ctx?.scale(ratio, ratio);
  return ctx;
}

function stroke(
  ctx: CanvasRenderingContext2D,
  { scales }: Chart,
  { points }: Line,
  colour: string,
  width: number,
): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.lineJoin = 'round';
  ctx.beginPath();
  let gap = true;
  for (const { x, y } of points) {
    const [left, top] = [scales.x?.getPixelForValue(x) ?? 0, scales.y?.getPixelForValue(y) ?? Number.NaN];
    if (!Number.isFinite(top)) gap = true;
    else if (gap) ctx.moveTo(left, top);
    else ctx.lineTo(left, top);
    gap = !Number.isFinite(top);
  }
  ctx.stroke();
}
