import { toMetricNumber } from '../../../../schemas/wire/common.ts';
import type { MetricPoint } from '../../../../schemas/wire/tracking.ts';
import { messageOf } from '../../../base/errors.ts';
import type { SeriesPart } from '../source.ts';
import { PART } from '../source.ts';
import type { Tree } from '../tree.ts';

const MOST_NOTED = 5;

export interface MetricLine {
  point: MetricPoint;
  /** what newer stores say behind it */
  rest: string[];
}

/** A metric, a line each point: `TIMESTAMP VALUE STEP`. Lines that make no sense are noted. */
export function* readMetricLines(tree: Tree, path: string): Iterable<MetricLine> {
  let number = 0;
  let bad = 0;
  let words = 0;
  for (const { line, isWhole } of tree.lines(path)) {
    number++;
    if (line.trim() === '') continue;
    try {
      const parts = line.trim().split(' ');
      // a line that breaks off may still look like one of an old store, which has no steps
      if (!isWhole && parts.length < words) throw new Error('The line breaks off.');
      words = parts.length;
      yield { point: pointOf(parts), rest: parts.slice(3) };
    } catch (failure) {
      if (++bad <= MOST_NOTED) tree.note(`${path}:${number}`, messageOf(failure));
    }
  }
  if (bad > MOST_NOTED) tree.note(path, `${bad - MOST_NOTED} more lines make no sense.`);
}

export function* readMetric(tree: Tree, path: string, key: string): Iterable<SeriesPart> {
  let points: MetricPoint[] = [];
  for (const { point } of readMetricLines(tree, path)) {
    points.push(point);
    if (points.length < PART) continue;
    yield { key, points };
    points = [];
  }
  if (points.length > 0) yield { key, points };
}

function pointOf([timestamp = '', value = '', step = '0']: string[]): MetricPoint {
  return [integer(step), notNegative(integer(timestamp)), toMetricNumber(floatOf(value))];
}

function integer(text: string): number {
  const value = Number(text);
  if (text !== '' && Number.isSafeInteger(value)) return value;
  throw new Error(`${JSON.stringify(text.slice(0, 40))} is no whole number.`);
}

function notNegative(timestamp: number): number {
  if (timestamp >= 0) return timestamp;
  throw new Error(`${timestamp} is no time.`);
}

const WORDS = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
]);

/** As Python writes numbers. */
function floatOf(text: string): number {
  const [, sign = '', rest = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  const value = WORDS.get(rest.toLowerCase()) ?? (/^[\d.]/.test(rest) ? Number(rest) : undefined);
  if (value === undefined || (Number.isNaN(value) && rest.toLowerCase() !== 'nan')) {
    throw new Error(`${JSON.stringify(text.slice(0, 40))} is no number.`);
  }
  return sign === '-' ? -value : value;
}
