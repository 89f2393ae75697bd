import type { LineStyle } from '../../shared/palette.ts';
import type { ChartTheme } from '../../shared/theme.ts';
import { markPath } from '../charts/marks.ts';
import { tag, text } from './svg-text.ts';

export interface LegendEntry {
  name: string;
  style: LineStyle;
}

export interface SheetParts {
  title: string;
  width: number;
  height: number;
  /** what is drawn, in its own coordinates */
  body: string;
  legend: readonly LegendEntry[];
  theme: ChartTheme;
}

const TITLE = 30;
const ROW = 18;
const ENTRY_WIDTH = 180;
const MOST_ENTRIES = 60;

/** A picture that stands by itself: background, title, what was drawn, and what its lines mean. */
export function sheet({ title, width, height, body, legend, theme }: SheetParts): string {
  const columns = Math.max(1, Math.floor(width / ENTRY_WIDTH));
  const named = legend.slice(0, MOST_ENTRIES);
  const more = legend.length - named.length;
  const rows = Math.ceil((named.length + (more > 0 ? 1 : 0)) / columns);
  const total = TITLE + height + (rows > 0 ? rows * ROW + 12 : 0);
  const place = (at: number) =>
    `translate(${8 + (at % columns) * ENTRY_WIDTH} ${TITLE + height + 12 + Math.floor(at / columns) * ROW})`;
  return tag(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height: total,
      viewBox: `0 0 ${width} ${total}`,
      'font-family': theme.fontFamily,
      'font-size': theme.fontSize,
    },
    tag('rect', { width, height: total, fill: theme.background }),
    text(title, { x: 8, y: 20, fill: theme.foreground, 'font-weight': 'bold', 'font-size': theme.fontSize + 3 }),
    tag('g', { transform: `translate(0 ${TITLE})` }, body),
    ...named.map((entry, at) => tag('g', { transform: place(at) }, ...swatch(entry, theme))),
    more > 0 ? tag('g', { transform: place(named.length) }, text(`and ${more} more`, { y: 4, fill: theme.muted })) : '',
  );
}

const NAME_LETTERS = 22;

function swatch({ name, style }: LegendEntry, theme: ChartTheme): string[] {
  const letters = [...name];
  const shown = letters.length > NAME_LETTERS ? `${letters.slice(0, NAME_LETTERS - 1).join('')}…` : name;
  return [
    tag('path', { d: 'M0 0H26', stroke: style.colour, 'stroke-width': 2, 'stroke-dasharray': dashOf(style) }),
    tag('path', {
      d: markPath(style.marker, 3),
      transform: 'translate(13 0)',
      fill: style.colour,
      stroke: style.colour,
    }),
    text(shown, { x: 32, y: 4, fill: theme.foreground }),
  ];
}

export function dashOf({ dash }: LineStyle): string | undefined {
  return dash.length > 0 ? dash.join(' ') : undefined;
}
