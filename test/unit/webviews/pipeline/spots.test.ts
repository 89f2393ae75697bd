import { describe, expect, test } from 'vitest';
import { boxOf, variantPlaces } from '../../../../webviews/pipeline/graph/boxes.ts';
import { comfortable, fitting } from '../../../../webviews/pipeline/graph/scale.ts';
import type { Spot, Ways } from '../../../../webviews/pipeline/graph/spots.ts';
import { spotAfter, spotId } from '../../../../webviews/pipeline/graph/spots.ts';
import { layoutOf } from '../../../../webviews/pipeline/layout/index.ts';
import { pictureOf } from '../../../../webviews/pipeline/model/picture.ts';
import { pipelineOf } from '../../../contract/webviews/pipeline-states.ts';

const variants = Array.from({ length: 6 }, (_, at) => ({ name: `train (${at})`, of: 'train', needs: ['split'] }));
const steps = [
  { name: 'split', needs: [] },
  ...variants,
  { name: 'plot', needs: ['split'] },
  { name: 'report', needs: [...variants.map(({ name }) => name), 'plot'] },
];
const picture = pictureOf({ plan: { name: null, problem: null, steps }, runs: [] }, null);
const spread = new Set(['train']);
const layout = layoutOf(
  picture.groups.map((group) => boxOf(group, spread)),
  picture.groups.flatMap(({ name, needs }) => needs.map((from) => ({ from, to: name }))),
);
const ways: Ways = { ...picture, ...layout, spread };
const at = (group: string, step: string | null = null): Spot => ({ group, step });
const walk = (from: Spot, ...keys: string[]) => {
  let spot = from;
  for (const key of keys) spot = spotAfter(key, spot, ways) ?? spot;
  return spot;
};

describe('keys in the graph', () => {
  test('lead down and up along the links, into variants that are spread, and out of them', () => {
    expect(walk(at('split'), 'ArrowDown')).toEqual(at('train'));
    expect(walk(at('train'), 'ArrowDown')).toEqual(at('train', 'train (0)'));
    expect(walk(at('train', 'train (0)'), 'ArrowRight')).toEqual(at('train', 'train (1)'));
    expect(walk(at('train', 'train (0)'), 'ArrowUp')).toEqual(at('train'));
    expect(walk(at('train', 'train (5)'), 'ArrowDown')).toEqual(at('report'));
    expect(walk(at('report'), 'Home')).toEqual(at('split'));
    expect(walk(at('split'), 'End')).toEqual(at('report'));
  });

  test('stay where nothing lies further on', () => {
    for (const [from, key] of [
      [at('split'), 'ArrowUp'],
      [at('report'), 'ArrowDown'],
      [at('split'), 'ArrowLeft'],
      [at('train', 'train (5)'), 'ArrowRight'],
      [at('train', 'train (1)'), 'x'],
    ] as const) {
      expect(walk(from, key)).toEqual(from);
    }
  });

  test('reach every step from the first, to the right', () => {
    const seen = new Set<string>();
    for (let spot: Spot | undefined = at('split'); spot; spot = spotAfter('ArrowRight', spot, ways))
      seen.add(spotId(spot));
    expect([...seen]).toEqual(layout.layers.flat().map((group) => spotId(at(group))));
  });
});

test('variants lie within their step, none over another', () => {
  const group = picture.byGroup.get('train');
  const place = layout.places.get('train');
  if (!group || !place) throw new Error('it has no place');
  const places = variantPlaces(group, place);
  expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(6);
  for (const { x, y, width, height } of places) {
    expect(x).toBeGreaterThan(place.x);
    expect(y).toBeGreaterThan(place.y);
    expect(x + width).toBeLessThan(place.x + place.width);
    expect(y + height).toBeLessThan(place.y + place.height);
  }
});

test('a small graph is shown whole, a large one so that it can be read, and fitting shows all of either', () => {
  const room = { width: 1000, height: 700 };
  expect(comfortable({ width: 400, height: 500 }, room)).toBe(1);
  expect(comfortable({ width: 300, height: 46_000 }, room)).toBe(1);
  expect(comfortable({ width: 9000, height: 300 }, room)).toBe(0.5);
  expect(fitting({ width: 300, height: 13_040 }, room)).toBeCloseTo(0.05);
});

test('the picture of an earlier run holds what that run had', () => {
  const { plan, run } = pipelineOf(3, (index) => (index === 0 ? [] : [index - 1]));
  const earlier = { ...run, run_id: 'earlier', started_at: 1, steps: run.steps.slice(0, 2) };
  const runs = [run, earlier];
  expect(pictureOf({ plan, runs }, null).groups).toHaveLength(3);
  expect(pictureOf({ plan, runs }, 'earlier').groups.map(({ name }) => name)).toEqual(['step-0', 'step-1']);
  expect(pictureOf({ plan, runs }, 'forgotten').run).toBe(run);
});
