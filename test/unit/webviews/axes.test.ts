import { expect, test } from 'vitest';
import { xAxis } from '../../../webviews/shared/chart/axes.ts';
import type { XAxis } from '../../../webviews/shared/chart/lines.ts';

const LOOK = {
  kind: 'vscode-dark',
  foreground: '#ccc',
  muted: '#999',
  grid: '#333',
  background: '#111',
  fontFamily: 'sans-serif',
  fontSize: 11,
} as const;

/** As chart.js asks for it. */
function mostTicks(kind: XAxis | 'moment', width: number): unknown {
  const most: unknown = xAxis(LOOK, kind).ticks?.maxTicksLimit;
  return typeof most === 'function' ? most({ chart: { width } }) : most;
}

test('below a narrow chart stand fewer moments than numbers, so that none runs into the next', () => {
  // `05:56:00 AM` is some 75 px wide
  expect([350, 420, 1200].map((width) => mostTicks('moment', width))).toEqual([3, 4, 7]);
  expect([120, 420, 1200].map((width) => mostTicks('step', width))).toEqual([2, 7, 7]);
});
