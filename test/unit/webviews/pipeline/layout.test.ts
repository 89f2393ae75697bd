import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Box, Layout, Link } from '../../../../webviews/pipeline/layout/index.ts';
import { layoutOf } from '../../../../webviews/pipeline/layout/index.ts';
import { crossings, ordered } from '../../../../webviews/pipeline/layout/order.ts';
import { ranksOf } from '../../../../webviews/pipeline/layout/ranks.ts';
import { slotsOf } from '../../../../webviews/pipeline/layout/slots.ts';
import { processorTime } from '../../../support/processor-time.ts';

const box = (id: string): Box => ({ id, width: 200, height: 48 });
const link = (from: string, to: string): Link => ({ from, to });
const named = (count: number) => Array.from({ length: count }, (_, at) => box(`s${at}`));
const middle = ({ places }: Layout, id: string) => {
  const { x = 0, width = 0 } = places.get(id) ?? {};
  return x + width / 2;
};

const graphs = fc.integer({ min: 1, max: 40 }).chain((count) =>
  fc.record({
    boxes: fc.constant(named(count)),
    links: fc
      .array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 80 })
      .map((pairs) => pairs.flatMap(([from, to]) => (from < to ? [link(`s${from}`, `s${to}`)] : []))),
  }),
);

describe('the layout', () => {
  test('puts each step below all that it waits for, and what waits for nothing just above who needs it', () => {
    const links = [
      link('split', 'train'),
      link('train', 'evaluate'),
      link('split', 'evaluate'),
      link('truth', 'evaluate'),
    ];
    const boxes = ['split', 'train', 'evaluate', 'truth'].map(box);
    expect(Object.fromEntries(ranksOf(boxes, links))).toEqual({ split: 0, train: 1, evaluate: 2, truth: 1 });
  });

  test('draws a chain as a straight line, and what lies between two in the middle of them', () => {
    const chain = layoutOf(['a', 'b', 'c'].map(box), [link('a', 'b'), link('b', 'c')]);
    expect(['a', 'b', 'c'].map((id) => middle(chain, id))).toEqual([100, 100, 100]);
    const diamond = layoutOf(['a', 'b', 'c', 'd'].map(box), [
      link('a', 'b'),
      link('a', 'c'),
      link('b', 'd'),
      link('c', 'd'),
    ]);
    expect(middle(diamond, 'a')).toBeCloseTo((middle(diamond, 'b') + middle(diamond, 'c')) / 2, 0);
    expect(middle(diamond, 'd')).toBeCloseTo(middle(diamond, 'a'), 0);
  });

  test('lets a link go round what stands in its way', () => {
    const { links, places } = layoutOf(['a', 'b', 'c'].map(box), [link('a', 'b'), link('b', 'c'), link('a', 'c')]);
    const { x = 0, width = 0 } = places.get('b') ?? {};
    const long = links.find(({ from, to }) => from === 'a' && to === 'c');
    const through = Number(/ ([\d.]+) [\d.]+V/.exec(long?.path ?? '')?.[1]);
    expect(through < x || through > x + width).toBe(true);
  });

  test('lets very many beside each other go on below each other', () => {
    const boxes = [box('first'), ...named(500), box('last')];
    const links = named(500).flatMap(({ id }) => [link('first', id), link(id, 'last')]);
    const { width, height, places } = layoutOf(boxes, links);
    expect(places.size).toBe(502);
    expect(width / height).toBeGreaterThan(0.8);
    expect(width / height).toBeLessThan(3);
  });

  test('gives a place to what lies on a circle, too', () => {
    const { places } = layoutOf(['a', 'b', 'c'].map(box), [
      link('a', 'b'),
      link('b', 'a'),
      link('b', 'c'),
      link('c', 'c'),
    ]);
    expect([...places.keys()].sort()).toEqual(['a', 'b', 'c']);
  });

  test('is of no size without steps', () => {
    expect(layoutOf([], [])).toMatchObject({ width: 0, height: 0, links: [] });
  });

  test('goes downward along every link, with no box over another and all within its size', () => {
    fc.assert(
      fc.property(graphs, ({ boxes, links }) => {
        const layout = layoutOf(boxes, links);
        const places = [...layout.places.values()];
        for (const { from, to } of links) {
          const [upper, lower] = [layout.places.get(from), layout.places.get(to)];
          expect((upper?.y ?? 0) + (upper?.height ?? 0)).toBeLessThan(lower?.y ?? 0);
        }
        for (const [at, one] of places.entries()) {
          for (const other of places.slice(at + 1)) {
            const apart =
              one.x + one.width <= other.x + 0.01 ||
              other.x + other.width <= one.x + 0.01 ||
              one.y + one.height <= other.y ||
              other.y + other.height <= one.y;
            expect(apart).toBe(true);
          }
          expect(one.x).toBeGreaterThanOrEqual(-0.01);
          expect(one.x + one.width).toBeLessThanOrEqual(layout.width + 0.01);
          expect(one.y + one.height).toBeLessThanOrEqual(layout.height + 0.01);
        }
        expect(layout.layers.flat().sort()).toEqual(boxes.map(({ id }) => id).sort());
        expect(layout.links).toHaveLength(links.length);
      }),
    );
  });

  test('never lets more links cross than in the order that was given', () => {
    fc.assert(
      fc.property(graphs, ({ boxes, links }) => {
        const slots = slotsOf(boxes, links);
        const rows = ordered(slots.rows, slots);
        expect(crossings(rows, slots)).toBeLessThanOrEqual(crossings(slots.rows, slots));
        expect(rows.map((row) => row.toSorted())).toEqual(slots.rows.map((row) => row.toSorted()));
      }),
    );
  });

  const chain = (count: number) =>
    named(count)
      .slice(1)
      .map((_, at) => link(`s${at}`, `s${at + 1}`));
  const tangle = named(500).flatMap((_, at) =>
    [7, 13, 40].flatMap((back) => (at >= back ? [link(`s${at - back}`, `s${at}`)] : [])),
  );
  test.each([
    ['a chain', chain(500)],
    [
      'a fan',
      named(500)
        .slice(1)
        .map(({ id }) => link('s0', id)),
    ],
    ['a tangle', tangle],
    [
      'a chain in which all wait for the first',
      [
        ...chain(500),
        ...named(500)
          .slice(2)
          .map(({ id }) => link('s0', id)),
      ],
    ],
  ])('is made of 500 steps in a moment: %s', (_, links) => {
    const spent = processorTime();
    layoutOf(named(500), links);
    expect(spent()).toBeLessThan(400);
  });
});
