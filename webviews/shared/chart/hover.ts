import { signal } from '@preact/signals';
import type { Chart, Plugin } from 'chart.js';
import { theme } from '../theme.ts';

/** Where the pointer or the keyboard is on the x axis: one place for all charts of a panel. */
export const hoverX = signal<number | null>(null);

export const crosshair: Plugin = {
  id: 'crosshair',
  afterDatasetsDraw(chart: Chart): void {
    const x = hoverX.peek();
    const scale = chart.scales.x;
    if (x === null || !scale || chart.config.options?.plugins?.crosshair?.shown !== true) return;
    const at = scale.getPixelForValue(x);
    if (at < chart.chartArea.left - 1 || at > chart.chartArea.right + 1) return;
    const { ctx } = chart;
    ctx.save();
    ctx.strokeStyle = theme.peek().foreground;
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(Math.round(at) + 0.5, chart.chartArea.top);
    ctx.lineTo(Math.round(at) + 0.5, chart.chartArea.bottom);
    ctx.stroke();
    ctx.restore();
  },
};

declare module 'chart.js' {
  interface PluginOptionsByType<TType> {
    crosshair?: { shown: boolean; ofType?: TType };
  }
}
