import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { whyInWords } from '../../../../daemon/cli/commands/why.ts';
import { Settler } from '../../../../daemon/pipelines/planning/settler.ts';
import { whyOf } from '../../../../daemon/pipelines/planning/why.ts';
import type { JsonObject } from '../../../../schemas/language/json.ts';
import { parsePipelineFile } from '../../../../schemas/language/parse.ts';
import { planOf } from '../../../../schemas/language/plan/plan.ts';
import type { CacheRoom } from './room.ts';
import { openCache } from './room.ts';

let room: CacheRoom;
beforeAll(() => {
  room = openCache();
});
beforeEach(() => room.begin());
afterAll(() => room.close());

const FILE = {
  version: 1,
  steps: {
    train: {
      run: `python src/train.py --depth \${{ matrix.depth }}`,
      matrix: { depth: [3, 5] },
      deps: ['data.csv', 'src'],
      outs: [`build/\${{ matrix.depth }}`],
      params: 'l2',
    },
    report: {
      run: 'python report.py',
      if: `steps.judge.metrics.f1 > 0.5`,
      deps: 'src',
      outs: 'report.html',
      needs: 'judge',
    },
    judge: { run: 'python judge.py', deps: [`build/3`], outs: 'metrics.json' },
  },
};
const params = { l2: 1 };

function planned(given: JsonObject = params) {
  const { model } = parsePipelineFile(JSON.stringify({ ...FILE, params: given }));
  const { steps, frozen, problems } = planOf(model, { params: given });
  expect(problems).toEqual([]);
  return { steps, frozen, params: given };
}
const ask = (step: string, given?: JsonObject) =>
  whyOf(step, {
    runs: [],
    plan: planned(given),
    cache: room.cache,
    settler: new Settler({ surroundings: () => ({}), hashFiles: async () => '' }),
  });
const words = async (step: string, given?: JsonObject) => whyInWords(await ask(step, given), room.clock.now());
const run = async (name: string) => {
  const step = planned().steps.find((one) => one.name === name);
  if (!step) throw new Error(`no step ${name}`);
  await room.run(step);
};

it('says of a step that never ran that it would', async () => {
  expect(await words('judge')).toBe('judge would run:\n  C3  no earlier result');
});

it('says what changed since a step ran, each with its rule, and when that was', async () => {
  await run('train (3)');
  await room.clock.advance(2 * 60 * 60_000);
  room.workspace.write('data.csv', 'a,b\n');
  expect(await words('train (3)', { l2: 100 })).toBe(
    [
      'train (3) would run:',
      '  K4  data.csv: changed (8 bytes → 4 bytes)',
      '  K5  params.l2: 1 → 100',
      '  It last ran 2 hours ago in 1.0 s, in run run-1.',
    ].join('\n'),
  );
});

it('tells of each variant of a step, whether it is up to date, restored or run', async () => {
  await run('train (3)');
  await run('train (5)');
  room.workspace.write('build/5', 'by hand');
  const { steps } = await ask('train');
  expect(steps.map(({ name, would, reason }) => [name, would, reason])).toEqual([
    ['train (3)', 'nothing', 'nothing changed'],
    ['train (5)', 'restore', 'build/5 was changed by hand'],
  ]);
});

it('weighs a condition with the metrics that are kept', async () => {
  await run('train (3)');
  room.metrics.set('run-2', { f1: 0.4 });
  await run('judge');
  expect(await ask('report')).toMatchObject({ steps: [{ would: 'skip' }] });
  room.metrics.set('run-3', { f1: 0.6 });
  await run('judge');
  expect(await ask('report')).toMatchObject({ steps: [{ would: 'run' }] });
});

it('says what is wrong with crisol.lock', async () => {
  room.workspace.write('crisol.lock', '{}');
  expect(await words('judge')).toMatch(/crisol.lock is not as Crisol writes it: move it away/);
});

it('names the steps that there are when it is asked for another', async () => {
  await expect(ask('trian')).rejects.toMatchObject({
    code: 'PIPELINE_STEP_UNKNOWN',
    message: 'There is no step "trian"; there are: train, judge, report.',
  });
});
