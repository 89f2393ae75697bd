import { describe, expect, test } from 'vitest';
import { boxOf, variantPlaces } from '../../../../webviews/pipeline/graph/boxes.ts';
import { comfortable, fitting } from '../../../../webviews/pipeline/graph/scale.ts';
import { nextHit, shownSpots, typedSpot } from '../../../../webviews/pipeline/graph/seek.ts';
import type { Spot, Ways } from '../../../../webviews/pipeline/graph/spots.ts';
import { spotAfter, spotId } from '../../../../webviews/pipeline/graph/spots.ts';
import { layoutOf } from '../../../../webviews/pipeline/layout/index.ts';
import { hitsOf } from '../../../../webviews/pipeline/model/finding.ts';
import { pictureOf } from '../../../../webviews/pipeline/model/picture.ts';
import { FAN, pipelineOf } from '../../../contract/webviews/pipeline-states.ts';

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
const went = { name: '', state: 'failed', cached: false, reason: '', started_at: null, seconds: null } as const;
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

describe('a layer so wide that several stand in each of its columns', () => {
  const wide = pictureOf({ plan: pipelineOf(41, FAN).plan, runs: [] }, null);
  const drawn = layoutOf(
    wide.groups.map((group) => boxOf(group, new Set())),
    wide.groups.flatMap(({ name, needs }) => needs.map((from) => ({ from, to: name }))),
  );
  const [, layer = []] = drawn.layers;
  const go = (from: string, key: string) => spotAfter(key, at(from), { ...wide, ...drawn, spread: new Set() })?.group;

  test('is read line by line, and gone through as it stands there', () => {
    const [first = '', second = ''] = layer;
    const { x, y = 0 } = drawn.places.get(first) ?? {};
    const below = layer.find((name) => name !== first && drawn.places.get(name)?.x === x) ?? '';
    expect(drawn.places.get(second)?.y).toBe(y);
    expect(drawn.places.get(below)?.y).toBeGreaterThan(y);
    expect(go(first, 'ArrowDown')).toBe(below);
    expect(go(below, 'ArrowUp')).toBe(first);
    expect(go(first, 'ArrowRight')).toBe(second);
    expect(go(second, 'ArrowLeft')).toBe(first);
    expect(go(first, 'ArrowUp')).toBe('step-0');
  });

  test('has no step that keys do not reach', () => {
    const seen = new Set(['step-0']);
    for (const name of seen) seen.add(go(name, 'ArrowRight') ?? name);
    expect(seen.size).toBe(41);
  });
});

describe('what is looked for', () => {
  const shown = shownSpots(ways);
  const steps = [...picture.byStep.values()].map((step, index) => ({
    ...step,
    last: { ...went, state: index % 2 === 0 ? ('failed' as const) : ('succeeded' as const), cached: index === 1 },
  }));

  test('goes to the next name that begins with what is typed, and round from the last to the first', () => {
    expect(typedSpot('t', at('split'), shown)).toMatchObject(at('train'));
    expect(typedSpot('re', at('split'), shown)).toMatchObject(at('report'));
    expect(typedSpot('s', at('report'), shown)).toMatchObject(at('split'));
    expect(typedSpot('pp', at('split'), shown)).toMatchObject(at('plot'));
    expect(typedSpot('x', at('split'), shown)).toBeUndefined();
  });

  test('has every word in its name, or at the beginning of its state', () => {
    const found = (words: string) => [...(hitsOf(steps, words) ?? [])];
    expect(found('TRAIN fail')).toEqual(['train (1)', 'train (3)', 'train (5)']);
    expect(found('cached')).toEqual(['train (0)']);
    expect(found('ailed')).toEqual([]);
    expect(hitsOf(steps, '  ')).toBeNull();
  });

  test('is gone through forwards and backwards', () => {
    const hits = new Set(['train (1)', 'plot']);
    const walked = (from: Spot, by: 1 | -1) => nextHit(from, by, shown, hits);
    expect(walked(at('split'), 1)).toMatchObject(at('train', 'train (1)'));
    expect(walked(at('train', 'train (1)'), 1)).toMatchObject(at('plot'));
    expect(walked(at('plot'), 1)).toMatchObject(at('train', 'train (1)'));
    expect(walked(at('train', 'train (1)'), -1)).toMatchObject(at('plot'));
    expect(nextHit(at('plot'), 0, shown, hits)).toMatchObject(at('plot'));
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
