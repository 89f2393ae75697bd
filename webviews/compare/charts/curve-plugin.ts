import type { Chart, Plugin } from 'chart.js';
import type { Line } from '../../shared/chart/lines.ts';
import { markPath, markPlaces } from './marks.ts';

/** Draws the marks of lines, of each a few only, and says when a chart was drawn. `lines` are those of now. */
export function curvePlugin(lines: () => readonly Line[], drawn: (chart: Chart) => void): Plugin {
  return {
    id: 'curves',
    afterDatasetsDraw: (chart) => drawMarks(chart, lines()),
    afterDraw: drawn,
  };
}

function drawMarks(chart: Chart, lines: readonly Line[]): void {
  const { ctx } = chart;
  const { left, right, top, bottom } = chart.chartArea;
  const first = chart.data.datasets.length - lines.length;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left - 4, top - 4, right - left + 8, bottom - top + 8);
  ctx.clip();
  ctx.lineWidth = 1.5;
  const metas = chart.getSortedVisibleDatasetMetas();
  lines.forEach(({ style }, at) => {
    const elements = metas[first + at]?.data ?? [];
    const path = new Path2D(markPath(style.marker, 3));
    ctx.strokeStyle = style.colour;
    ctx.fillStyle = style.colour;
    for (const place of markPlaces(elements.length, lines.length, at)) {
      const element = elements[place];
      if (!element || Number.isNaN(element.y)) continue;
      ctx.save();
      ctx.translate(element.x, element.y);
      ctx.fill(path);
      ctx.stroke(path);
      ctx.restore();
    }
  });
  ctx.restore();
}
