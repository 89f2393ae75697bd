import fc from 'fast-check';
import type { Point } from '../../../../daemon/tracking/metrics/order.ts';

/** What a script does next: how it goes on from what it logged so far. */
export type Act =
  | { kind: 'points'; points: Point[] }
  | { kind: 'again'; share: number }
  /** a batch that is refused whole */
  | { kind: 'refused'; points: Point[] }
  | { kind: 'settle' };

const value = (at: number) => (at % 17 === 0 ? SPECIAL[at % SPECIAL.length] : Math.sin(at) * 100) ?? 0;
const SPECIAL = [Number.NaN, Number.POSITIVE_INFINITY, -0, Number.NEGATIVE_INFINITY, 0, 1e308];

/** Steps as scripts count them, and as they should not. */
const way = fc.record({
  from: fc.oneof(fc.integer({ min: -3000, max: 6000 }), fc.constantFrom(-(2 ** 53) + 1, 2 ** 53 - 9000)),
  stride: fc.constantFrom(1, 1, 1, 0, -1, 3, 7),
  length: fc.integer({ min: 1, max: 3000 }),
  time: fc.integer({ min: 0, max: 50_000 }),
  /** how many points share a time */
  slowness: fc.constantFrom(0, 1, 10, -1),
  isShuffled: fc.boolean(),
});

const points = way.map(({ from, stride, length, time, slowness, isShuffled }) => {
  const list = Array.from({ length }, (_, at): Point => {
    const moment = slowness === 0 ? time : slowness < 0 ? length - at : time + Math.floor(at / slowness);
    return [from + at * stride, moment, value(stride === 0 ? at * 31 : at)];
  });
  return isShuffled ? shuffled(list) : list;
});

export const scripts = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: points.map((list): Act => ({ kind: 'points', points: list })) },
    {
      weight: 2,
      arbitrary: fc.double({ min: 0, max: 1, noNaN: true }).map((share): Act => ({ kind: 'again', share })),
    },
    { weight: 1, arbitrary: points.map((list): Act => ({ kind: 'refused', points: list.slice(0, 50) })) },
    { weight: 3, arbitrary: fc.constant<Act>({ kind: 'settle' }) },
  ),
  { minLength: 1, maxLength: 8 },
);

/** The same disorder each time. */
export function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((item, at) => ({ item, place: (at * 7919 + 13) % 10_007 }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
