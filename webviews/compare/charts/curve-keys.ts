import type { Chart } from 'chart.js';
import { hoverX } from '../../shared/chart/hover.ts';
import type { Line } from '../../shared/chart/lines.ts';
import { nearest, neighbour } from '../../shared/chart/lines.ts';
import type { ZoomedTo } from './curve-config.ts';
import { hoverLine } from './hover-line.ts';
import { lineAt, readLines, stepLine } from './nearest-line.ts';

/** The crosshair goes where the pointer is, and the line closest to it stands out. */
export function pointAt(event: PointerEvent, chart: Chart | undefined, lines: readonly Line[]): void {
  const { x, y } = chart?.scales ?? {};
  if (!x || !y || event.buttons !== 0) return;
  const at = x.getValueForPixel(event.offsetX) ?? null;
  hoverX.value = at;
  hoverLine.value = at === null ? null : lineAt(lines, at, event.offsetY, (value) => y.getPixelForValue(value));
}

export interface Reached {
  chart: Chart | undefined;
  lines: Line[];
  onZoom: ZoomedTo;
  onReset: () => void;
}

const ZOOM = 1.4;
const PAN = 0.25;

/** Whatever the pointer can do with a chart. */
export function moveByKey(event: KeyboardEvent, reached: Reached): void {
  const crosshair = event.shiftKey ? undefined : plain(event.key, reached.lines);
  const act = crosshair ?? zooms(event.key, reached, event.shiftKey);
  if (!act) return;
  event.preventDefault();
  act();
}

type Act = () => void;

/** Shift moves the picture, not the crosshair. */
function plain(key: string, lines: Line[]): Act | undefined {
  const to = (x: number | null) => () => {
    hoverX.value = x;
  };
  const moves: Record<string, () => Act> = {
    ArrowRight: () => to(neighbour(lines, hoverX.value, 1)),
    ArrowLeft: () => to(neighbour(lines, hoverX.value, -1)),
    Home: () => to(neighbour(lines, null, 1)),
    End: () => to(lastX(lines)),
    ArrowUp: () => () => stepTo(lines, -1),
    ArrowDown: () => () => stepTo(lines, 1),
    Escape: () => () => {
      hoverX.value = null;
      hoverLine.value = null;
    },
  };
  return moves[key]?.();
}

function lastX(lines: readonly Line[]): number | null {
  const ends = lines.flatMap(({ points }) => points.at(-1)?.x ?? []);
  return ends.length === 0 ? null : Math.max(...ends);
}

function stepTo(lines: readonly Line[], direction: 1 | -1): void {
  hoverX.value ??= lastX(lines);
  if (hoverX.value !== null) hoverLine.value = stepLine(readLines(lines, hoverX.value), hoverLine.value, direction);
}

/** What somebody reads stays in sight: the crosshair, and the line that is pointed at; else the middle. */
function focus({ chartArea, scales }: Chart, lines: readonly Line[]): { x: number; y: number } {
  const at = hoverX.peek();
  const { left, right, top, bottom } = chartArea;
  const within = (place: number | undefined, from: number, to: number) =>
    place !== undefined && place >= from && place <= to ? place : (from + to) / 2;
  const line = lines.find(({ id }) => id === hoverLine.peek());
  const y = at === null || !line ? undefined : nearest(line.points, at)?.y;
  return {
    x: within(at === null ? undefined : scales.x?.getPixelForValue(at), left, right),
    y: within(y === undefined ? undefined : scales.y?.getPixelForValue(y), top, bottom),
  };
}

function zooms(key: string, { chart, lines, onZoom, onReset }: Reached, shift: boolean): Act | undefined {
  const { x, y } = chart?.scales ?? {};
  if (!chart || !x || !y) return undefined;
  const told = (move: Act) => () => {
    move();
    onZoom([x.min, x.max], [y.min, y.max]);
  };
  const pan = (dx: number, dy: number) =>
    told(() => chart.pan({ x: dx * PAN * x.width, y: dy * PAN * y.height }, undefined, 'none'));
  const zoom = (by: number) => told(() => chart.zoom({ x: by, y: by, focalPoint: focus(chart, lines) }, 'none'));
  const acts: Record<string, Act> = { '+': zoom(ZOOM), '-': zoom(1 / ZOOM), '0': onReset };
  const pans: Record<string, Act> = {
    ArrowLeft: pan(1, 0),
    ArrowRight: pan(-1, 0),
    ArrowUp: pan(0, 1),
    ArrowDown: pan(0, -1),
  };
  return acts[key] ?? (shift ? pans[key] : undefined);
}
