import { existsSync, truncateSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import type { PipelineOverview, PipelineRun } from '../../../schemas/wire/pipelines.ts';
import type { SweepDetail, SweepList } from '../../../schemas/wire/sweeps.ts';
import { isAlive } from '../../support/processes.ts';
import { waitFor } from '../../support/wait-for.ts';
import { FILE, SweepHouse } from './sweep-house.ts';

let house: SweepHouse;
afterEach(() => house.dispose());

const open = async (sweep: string, files?: Record<string, string>) => {
  house = await SweepHouse.open(FILE(sweep), files);
  return house;
};

const numbers = ({ trials }: SweepDetail) => trials.map(({ number }) => number);
const runOnce = () => {
  const trials = house.begun().map(({ trial }) => trial);
  return new Set(trials).size === trials.length;
};

describe('a sweep', () => {
  test('tries its step with other params, each trial a run below its own, and what they need runs once', async () => {
    await open('trials: 4\nparallel: 2');
    const found = await house.search();
    const { sweep, trials } = found;
    expect(sweep).toMatchObject({ state: 'succeeded', reason: 'All trials are done.', counts: { complete: 4 } });
    expect(numbers(found)).toEqual([...Array(4).keys()]);
    expect(house.workspace.read('prepared.log')).toBe('1\n');
    const { runs } = await house.daemon.get<PipelineOverview>('pipelines');
    expect(runs.map(({ name }) => name)).toEqual(['before sweep tune']);
    const own = await house.run(sweep.run_id ?? '');
    expect(own).toMatchObject({ state: 'succeeded', name: 'sweep tune' });
    expect(own.metrics.map(({ key, value }) => [key, value])).toEqual([['loss', sweep.best?.value]]);
    const below = await house.below(sweep.run_id ?? '');
    expect(new Set(below.map(({ run_id }) => run_id))).toEqual(new Set(trials.map(({ run_id }) => run_id)));
    for (const { run_id, params, value } of trials) {
      const run = await house.run(run_id ?? '');
      expect(Object.fromEntries(run.params.map((param) => [param.key, Number(param.value)]))).toEqual(params);
      expect(run.metrics.find(({ key }) => key === 'loss')?.value).toBe(value);
      expect(run.state).toBe('succeeded');
    }
  });

  test('says that it looks at large data before its first trial, and is cancelled at once meanwhile', async () => {
    house = await SweepHouse.open(FILE('trials: 2').replace('base.txt, train.mjs', 'base.txt, train.mjs, large'), {
      large: '',
    });
    truncateSync(house.workspace.path('large'), 200 * 2 ** 30);
    const id = await house.start();
    const isTold = async () =>
      /looked at \(3 files, \d+ % of 200 GB\)$/.test((await house.get(id)).sweep.waits_for ?? '');
    await waitFor(isTold, { what: 'what its trials wait for' });
    const { sweeps } = await house.daemon.get<SweepList>('sweeps');
    expect(sweeps[0]?.waits_for).toMatch(/^the files of its step, which are looked at/);
    await house.daemon.post(`sweeps/${id}/cancel`, {});
    const { sweep } = await house.ended(id);
    expect(sweep).toMatchObject({ state: 'cancelled', reason: 'It was cancelled.', counts: { complete: 0 } });
    expect(sweep).not.toHaveProperty('waits_for');
  });

  test('makes the outs of trials apart from the workspace; a run with the params of one has them at once', async () => {
    await open('trials: 2');
    const { sweep } = await house.search();
    expect(house.workspace.has('out')).toBe(false);
    expect(existsSync(house.workspace.path('.crisol', 'runs', sweep.sweep_id))).toBe(false);
    const best = sweep.best?.params ?? {};
    const given = Object.fromEntries(Object.entries(best).map(([name, value]) => [name, JSON.stringify(value)]));
    const params = { home: house.workspace.folder, ...given };
    const { run_id } = await house.daemon.post<PipelineRun>('pipelines/runs', { steps: ['train'], params });
    const get = () => house.daemon.get<PipelineRun>(`pipelines/runs/${run_id}`);
    await waitFor(async () => (await get()).ended_at !== null);
    expect((await get()).steps.map(({ name, cached }) => [name, cached])).toEqual([
      ['prepare', true],
      ['train', true],
    ]);
    expect(house.workspace.read('out/model.txt')).toBe(String(best.lr));
    expect(house.begun()).toHaveLength(2);
  });

  test('begun again does not run what is known', async () => {
    await open('trials: 3');
    const first = await house.search();
    const again = await house.search();
    expect(house.begun()).toHaveLength(3);
    expect(again.trials.map(({ value }) => value)).toEqual(first.trials.map(({ value }) => value));
    const below = await house.below(again.sweep.run_id ?? '');
    expect(below.map(({ state }) => state)).toEqual(Array(3).fill('succeeded'));
    const more = await house.daemon.post<SweepDetail['sweep']>(`sweeps/${again.sweep.sweep_id}/resume`, { trials: 4 });
    expect(numbers(await house.ended(more.sweep_id))).toEqual([...Array(4).keys()]);
    expect(house.begun()).toHaveLength(4);
  });

  test('reads what there was when it began, whatever a person changes meanwhile', async () => {
    await open('trials: 3', { hold: '' });
    const id = await house.start();
    await waitFor(() => house.begun().length > 0);
    house.workspace.write('base.txt', '1000');
    const script = house.workspace.read('train.mjs');
    house.workspace.write('train.mjs', 'process.exit(1)');
    const { sweep, trials } = await house.ended(id);
    expect(sweep.state).toBe('succeeded');
    expect(Math.max(...trials.map(({ value }) => Number(value)))).toBeLessThan(1000);
    house.workspace.write('train.mjs', script);
  });

  test('gives scripts that read their params from a file what they are tried with', async () => {
    const file = FILE('trials: 2')
      .replace('params: {lr: 0.1, depth: 3, epochs: 2, home: "."}', 'params: params.yaml')
      .replace(`\${{ params.lr }}`, '$(sed -n "s/^lr: //p" params.yaml)')
      .replace('deps:', 'params: [lr]\n    deps:');
    house = await SweepHouse.open(file, { 'params.yaml': '# by hand\nlr: 0.1\ndepth: 3\nepochs: 2\nhome: .\n' });
    const { sweep, trials } = await house.search();
    expect(sweep.state).toBe('succeeded');
    for (const { params, value } of trials) {
      const worth = (Math.log10(Number(params.lr)) + 2) ** 2 + (Number(params.depth) - 5) ** 2 / 50;
      expect(value).toBeCloseTo(worth, 9);
    }
    expect(house.workspace.read('params.yaml')).toBe('# by hand\nlr: 0.1\ndepth: 3\nepochs: 2\nhome: .\n');
  });

  test('ends trials without hope as their script logs, with all that they started', async () => {
    await open('trials: 9\npruner: median\npruning: {startup: 3, warmup: 2}', { hold: '' });
    const { sweep, trials } = await house.search({ params: { epochs: '20' } });
    expect(sweep.state).toBe('succeeded');
    expect(sweep.counts.pruned).toBeGreaterThan(1);
    const pruned = trials.filter(({ state }) => state === 'pruned');
    for (const { run_id } of pruned) {
      const { state, metrics, pruned_step, tags } = await house.run(run_id ?? '');
      expect(state).toBe('cancelled');
      expect(metrics[0]?.step).toBeLessThan(20);
      expect(pruned_step).toBeLessThanOrEqual(metrics[0]?.step ?? 0);
      expect(tags).toContainEqual({ key: 'crisol.prunedAtStep', value: String(pruned_step) });
    }
    expect(house.begun().filter(({ pid }) => isAlive(pid))).toEqual([]);
  });

  test('that is cancelled ends its trials, and goes on with them when it is resumed', async () => {
    await open('trials: 6\nparallel: 2', { hold: '' });
    const id = await house.start({ params: { epochs: '30' } });
    await waitFor(() => house.begun().length >= 2);
    await house.daemon.post(`sweeps/${id}/cancel`, {});
    const cancelled = await house.ended(id);
    expect(cancelled.sweep).toMatchObject({ state: 'cancelled', counts: { running: 0 } });
    expect(cancelled.sweep.counts.cancelled).toBeGreaterThan(0);
    expect(house.begun().filter(({ pid }) => isAlive(pid))).toEqual([]);
    expect((await house.run(cancelled.sweep.run_id ?? '')).state).toBe('cancelled');
    await house.daemon.post(`sweeps/${id}/resume`, {});
    const { sweep } = await house.ended(id);
    expect(sweep).toMatchObject({ state: 'succeeded', counts: { complete: 6, cancelled: 0 } });
  });
});

describe('a daemon that is killed in the middle of a sweep', () => {
  test('is followed by one that goes on with it: its trials run on meanwhile, and none runs twice', async () => {
    await open('trials: 6\nparallel: 2', { hold: '' });
    const id = await house.start({ params: { epochs: '15' } });
    for (const count of [1, 3]) {
      await waitFor(() => house.begun().length > count);
      await house.restart();
    }
    const { sweep, trials } = await house.ended(id);
    expect(sweep).toMatchObject({ state: 'succeeded', counts: { complete: 6 } });
    expect(house.begun()).toHaveLength(6);
    expect(runOnce()).toBe(true);
    const below = await house.below(sweep.run_id ?? '');
    expect(below.map(({ state }) => state)).toEqual(Array(6).fill('succeeded'));
    expect(new Set(below.map(({ run_id }) => run_id))).toEqual(new Set(trials.map(({ run_id }) => run_id)));
  });
});

describe('a sweep of a step with folds', () => {
  const CSV = `value\n${[...Array(9).keys()].join('\n')}\n`;
  const folded = (sweep: string) =>
    FILE(sweep).replace('    deps: [base', '    folds: {kind: kfold, k: 3, data: data.csv}\n    deps: [base');

  test('compares trials by their means, over the death of the daemon too', async () => {
    house = await SweepHouse.open(folded('trials: 2'), { 'data.csv': CSV, hold: '' });
    const id = await house.start({ params: { epochs: '8' } });
    for (const count of [1, 3]) {
      await waitFor(() => house.begun().length > count);
      await house.restart();
    }
    const { sweep, trials } = await house.ended(id);
    expect(sweep).toMatchObject({ state: 'succeeded', counts: { complete: 2 } });
    expect(house.begun().map(({ trial }) => trial)).toEqual(
      [0, 1].flatMap((trial) => [1, 2, 3].map((fold) => `${trial}/${fold}`)),
    );
    for (const { params, value, run_id } of trials) {
      const worth = (Math.log10(Number(params.lr)) + 2) ** 2 + (Number(params.depth) - 5) ** 2 / 50;
      expect(value).toBeCloseTo(worth + 2, 9);
      const folds = await house.below(run_id ?? '');
      expect(folds.map(({ state }) => state)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    }
  });

  test('ends trials without hope after a fold', async () => {
    house = await SweepHouse.open(folded('trials: 5\npruner: median\npruning: {startup: 2, warmup: 1}'), {
      'data.csv': CSV,
    });
    const { sweep } = await house.search();
    expect(sweep.counts.pruned).toBeGreaterThan(0);
    expect(house.begun().length).toBeLessThan(5 * 3);
    expect(sweep.counts.pruned + sweep.counts.complete).toBe(5);
  });
});

describe('a sweep that makes no sense is refused in words:', () => {
  const file = FILE('trials: 3');
  const SENSELESS = [
    [file.replace(`\${{ params.depth }}`, '1'), '`train` does not use `params.depth`'],
    [
      file.replace('echo 0 >', `echo \${{ params.depth }} >`),
      '`prepare`, which `train` needs, depends on `params.depth` too',
    ],
    [
      file
        .replace('    deps: [base', '    matrix: {kind: [a, b]}\n    deps: [base')
        .replace('[out/model.txt]', `["out/\${{ matrix.kind }}.txt"]`),
      '`train` has a matrix',
    ],
  ] as const;

  test('a param that its step does not use, one that a step before uses, too, and a step with variants', async () => {
    house = await SweepHouse.open(file);
    for (const [senseless, words] of SENSELESS) {
      house.workspace.write('crisol.yaml', senseless);
      expect(await house.start().catch(String)).toContain(words);
    }
  });

  test('what it needs fails', async () => {
    house = await SweepHouse.open(FILE('trials: 3').replace('echo 0 >', 'exit 3; echo 0 >'));
    const { sweep } = await house.search();
    expect(sweep).toMatchObject({ state: 'failed', counts: { failed: 0, complete: 0 } });
    expect(sweep.reason).toContain('prepare, which it needs, failed: it ended with exit code 3');
  });
});
