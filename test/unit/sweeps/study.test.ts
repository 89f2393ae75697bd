import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HALVING_DEFAULTS } from '../../../daemon/sweeps/pruners/halving.ts';
import { MEDIAN_DEFAULTS } from '../../../daemon/sweeps/pruners/percentile.ts';
import type { PrunerSettings } from '../../../daemon/sweeps/pruners/settings.ts';
import type { Dimension, Space } from '../../../daemon/sweeps/space/dimension.ts';
import { isFixed } from '../../../daemon/sweeps/space/dimension.ts';
import { paramsOf, readSpace } from '../../../daemon/sweeps/space/read.ts';
import type { StudySettings } from '../../../daemon/sweeps/study/study.ts';
import { Study } from '../../../daemon/sweeps/study/study.ts';
import type { JsonObject } from '../../../schemas/language/json.ts';
import { processorTime } from '../../support/processor-time.ts';

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const pair = (one: fc.Arbitrary<number>) => fc.tuple(one, one).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
const positive = fc.double({ min: 1e-8, max: 1e8, noNaN: true });

const range: fc.Arbitrary<JsonObject> = fc.oneof(
  pair(number).map((float) => ({ float })),
  fc.record({ float: pair(number), step: fc.double({ min: 1e-3, max: 1e5, noNaN: true }) }),
  pair(positive).map((log) => ({ log })),
  pair(fc.integer({ min: -1000, max: 1000 })).map((int) => ({ int })),
  fc.record({ int: pair(fc.integer({ min: -1000, max: 1000 })), step: fc.integer({ min: 1, max: 300 }) }),
  pair(fc.integer({ min: 1, max: 100_000 })).map((int) => ({ int, scale: 'log' })),
  fc
    .uniqueArray(fc.jsonValue({ maxDepth: 1 }), { minLength: 1, maxLength: 5 })
    .map((choice) => ({ choice: choice as never })),
);
const space = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), range, { minKeys: 1, maxKeys: 4 }).map(readSpace);

/** Within its range, on its step, and of choices one. */
function isInside(dimension: Dimension, value: number | undefined): boolean {
  if (value === undefined) return false;
  if (dimension.type === 'categorical')
    return Number.isInteger(value) && value >= 0 && value < dimension.choices.length;
  const { low, high, step } = dimension;
  if (!(value >= low && value <= high)) return false;
  if (dimension.type === 'int' && !Number.isInteger(value)) return false;
  if (step === null) return true;
  const steps = (value - low) / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6 + 1e-9 * steps;
}

const settings = (over: Partial<StudySettings> & { space: Space }): StudySettings => ({
  sampler: 'tpe',
  pruner: { kind: 'none' },
  direction: 'minimize',
  trials: 30,
  seed: 1,
  ...over,
});

const worth = (value: number) => [value, Math.abs(value), 0, Number.POSITIVE_INFINITY, Number.NaN, null];

/** Carries a study out, with every kind of end that there is. */
function carryOut(study: Study, values: readonly (number | null)[]): void {
  for (let trial = study.next(); trial; trial = study.next()) {
    const value = values[trial.number % values.length] ?? null;
    if (trial.number % 7 === 6) continue;
    if (trial.number % 5 === 4) {
      study.report(trial, 1, value ?? Number.NaN);
      study.prune(trial);
    } else study.finish(trial, value);
  }
}

describe('whatever the space, the sampler and the values', () => {
  const anything = fc.record({
    space,
    sampler: fc.constantFrom('random' as const, 'tpe' as const),
    direction: fc.constantFrom('minimize' as const, 'maximize' as const),
    seed: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  });
  const values = fc.array(
    number.chain((value) => fc.constantFrom(...worth(value))),
    { minLength: 1, maxLength: 8 },
  );

  test('each draw is inside the space, and the same seed draws the same', () => {
    fc.assert(
      fc.property(anything, values, (over, outcome) => {
        const [study, again] = [new Study(settings(over)), new Study(settings(over))];
        for (const one of [study, again]) carryOut(one, outcome);
        for (const { point } of study.trials)
          for (const [name, dimension] of over.space) expect(isInside(dimension, point.get(name))).toBe(true);
        expect(again.trials.map(({ point }) => [...point])).toEqual(study.trials.map(({ point }) => [...point]));
      }),
      { numRuns: 60 },
    );
  });

  test('where combinations can be counted, none comes twice, and the end comes when all were tried', () => {
    const few = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,3}$/),
      fc.oneof(
        fc.record({ int: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 3, max: 5 })) }),
        fc.record({ float: fc.constant([0, 0.3]), step: fc.constant(0.1) }),
        fc.record({ choice: fc.constant(['a', 'b', { c: 1 }, { c: 1 }]) }),
      ),
      { minKeys: 1, maxKeys: 2 },
    );
    fc.assert(
      fc.property(few, fc.constantFrom('grid', 'random', 'tpe'), fc.nat(), (written, sampler, seed) => {
        const whole = readSpace(written as unknown as JsonObject);
        const study = new Study(settings({ space: whole, sampler, seed, trials: null }));
        carryOut(study, [1, 2, 3]);
        expect(study.over).toBe('space');
        const grid = new Study(settings({ space: whole, sampler: 'grid', trials: null }));
        carryOut(grid, [1]);
        const tried = ({ trials }: Study) => trials.map(({ point }) => JSON.stringify(paramsOf(whole, point))).sort();
        expect(tried(study)).toEqual(tried(grid));
        expect(new Set(tried(study)).size).toBe(study.trials.length);
      }),
      { numRuns: 60 },
    );
  });

  test('a study that is left and gone on with draws what it would have drawn', () => {
    fc.assert(
      fc.property(anything, values, fc.nat({ max: 29 }), (over, outcome, left) => {
        const whole = new Study(settings(over));
        carryOut(whole, outcome);
        const first = new Study(settings({ ...over, trials: left + 1 }));
        carryOut(first, outcome);
        const second = new Study(settings(over), { trials: first.trials, minResource: first.minResource });
        carryOut(second, outcome);
        expect(second.trials.map(({ point }) => [...point])).toEqual(whole.trials.map(({ point }) => [...point]));
      }),
      { numRuns: 40 },
    );
  });
});

describe('the Parzen estimator', () => {
  const wide = readSpace({ x: { float: [-10, 10] }, y: { int: [0, 100] }, kind: { choice: ['a', 'b', 'c'] } });
  const lossOf = (point: ReadonlyMap<string, number>) =>
    (Number(point.get('x')) - 3) ** 2 + (Number(point.get('y')) - 70) ** 2 / 100 + Number(point.get('kind')) * 5;

  const bestOf = (sampler: 'random' | 'tpe', seed: number) => {
    const study = new Study(settings({ space: wide, sampler, seed, trials: 80 }));
    for (let trial = study.next(); trial; trial = study.next()) study.finish(trial, lossOf(trial.point));
    return study.best()?.value ?? Number.NaN;
  };

  test('finds better ones than chance does', () => {
    const seeds = Array.from({ length: 10 }, (_, seed) => seed);
    const better = seeds.filter((seed) => bestOf('tpe', seed) < bestOf('random', seed));
    expect(better.length).toBeGreaterThanOrEqual(8);
  });

  test('gets by with ranges that are hardly one, and draws no number for ever', () => {
    const tiny = readSpace({ x: { float: [0, 5e-324] }, y: { float: [1, 1.0000000000000002] } });
    const study = new Study(settings({ space: tiny }));
    carryOut(study, [1, 2]);
    expect(study.trials).toHaveLength(30);
    expect(() => readSpace({ x: { float: [-1e308, 1e308] } })).toThrow('too far apart');
  });

  test('leaves a param alone that has one value', () => {
    const fixed = readSpace({ x: { float: [2, 2] }, n: { int: [4, 5], step: 3 }, one: { choice: [null] } });
    expect([...fixed.values()].every(isFixed)).toBe(true);
    const study = new Study(settings({ space: fixed, trials: 50 }));
    carryOut(study, [1]);
    expect(study.trials).toHaveLength(1);
    expect(paramsOf(fixed, study.trials[0]?.point ?? new Map())).toEqual({ x: 2, n: 4, one: null });
  });
});

test('what the thousandth trial costs is milliseconds, whatever prunes', () => {
  const two = readSpace({ lr: { log: [1e-4, 0.3] }, depth: { int: [2, 8] } });
  const pruners: PrunerSettings[] = [
    { kind: 'none' },
    { kind: 'asha', ...HALVING_DEFAULTS, minResource: 1 },
    { kind: 'percentile', ...MEDIAN_DEFAULTS },
  ];
  for (const pruner of pruners) {
    const sampler = pruner.kind === 'none' ? 'tpe' : 'random';
    const study = new Study(settings({ space: two, pruner, trials: 1100, sampler }));
    const one = () => {
      const trial = study.next();
      if (!trial) throw new Error('there are more');
      const worthOf = Number(trial.point.get('depth')) + Math.log(Number(trial.point.get('lr')));
      for (let step = 1; step <= 10 && trial.state === 'running'; step++)
        if (study.report(trial, step, worthOf + 1 / step)) study.prune(trial);
      if (trial.state === 'running') study.finish(trial, worthOf);
    };
    while (study.trials.length < 1000) one();
    const spent = processorTime();
    for (let trial = 0; trial < 100; trial++) one();
    expect(spent() / 100, pruner.kind).toBeLessThan(20);
  }
});
