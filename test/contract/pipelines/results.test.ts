import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import { PipelineHouse, reasonOf, states } from './pipeline-house.ts';

let house: PipelineHouse;
afterEach(async () => {
  vi.unstubAllEnvs();
  await house.dispose();
});

const open = (yaml: string, name?: string) => {
  house = new PipelineHouse(yaml, name);
  return house;
};

describe('a step whose result is known', () => {
  const YAML = `
steps:
  first: {run: echo ran >> first.log; cp in mid, deps: [in], outs: [mid]}
  second: {run: echo ran >> second.log; cat mid mid > end, deps: [mid], outs: [end]}
`;
  const ran = (name: string) => (house.workspace.has(`${name}.log`) ? house.workspace.read(`${name}.log`) : '');
  const cached = ({ steps }: PipelineRun) => steps.map((step) => step.cached);

  it('is not run again, and says why it is', async () => {
    open(YAML);
    house.workspace.write('in', 'one');
    expect(cached(await house.run())).toEqual([false, false]);
    const again = await house.run();
    expect([cached(again), again.state]).toEqual([[true, true], 'succeeded']);
    expect(reasonOf(again, 'first')).toBe('nothing changed');
    house.workspace.write('in', 'two');
    const changed = await house.run();
    expect(cached(changed)).toEqual([false, false]);
    expect(reasonOf(changed, 'first')).toMatch(/^in\b.* changed/);
    expect([ran('first'), ran('second')]).toEqual(['ran\nran\n', 'ran\nran\n']);
  });

  it('has its outs brought back from any earlier time, where they were deleted or edited', async () => {
    open(YAML);
    for (const content of ['one', 'two']) {
      house.workspace.write('in', content);
      await house.run();
    }
    house.workspace.write('in', 'one');
    const back = await house.run();
    expect(cached(back)).toEqual([true, true]);
    expect(house.workspace.read('end')).toBe('oneone');
    rmSync(house.workspace.path('end'));
    house.workspace.write('mid', 'edited by hand');
    expect(cached(await house.run())).toEqual([true, true]);
    expect([house.workspace.read('mid'), house.workspace.read('end')]).toEqual(['one', 'oneone']);
    expect(ran('first')).toBe('ran\nran\n');
  });

  it('ends what follows early when it gives the same as before', async () => {
    open(YAML.replace('cp in mid', 'head -c 3 in > mid'));
    house.workspace.write('in', 'one');
    await house.run();
    house.workspace.write('in', 'one and more');
    expect(cached(await house.run())).toEqual([false, true]);
  });

  it('gives the run the params that it logged when it ran', async () => {
    open(YAML);
    house.workspace.write('in', 'one');
    const { steps } = await house.run();
    const params = [
      { key: 'first.rows', value: '3600' },
      { key: 'algorithm', value: 'lasso' },
    ];
    await house.tracking.log.batch(steps[0]?.child_run_id ?? '', { params });
    const again = await house.run();
    expect(cached(again)).toEqual([true, true]);
    expect(house.tracking.runs.get(again.run_id).params).toEqual(expect.arrayContaining(params));
  });

  it('runs when it is forced, or asked for its forecast', async () => {
    open(YAML);
    house.workspace.write('in', 'one');
    expect((await house.pipelines.forecast({})).steps.map(({ would }) => would)).toEqual(['run', 'run']);
    await house.run();
    expect((await house.pipelines.forecast({})).steps.map(({ would }) => would)).toEqual(['nothing', 'nothing']);
    rmSync(house.workspace.path('end'));
    expect((await house.pipelines.forecast({})).steps.map(({ would }) => would)).toEqual(['nothing', 'restore']);
    expect(cached(await house.run({ force: true }))).toEqual([false, false]);
  });

  it('is not known after a failure, whose half-written outs are set aside', async () => {
    open('steps:\n  a: {run: "echo half > x; [ -e go ]; echo whole > x", deps: [crisol.yaml], outs: [x]}\n');
    expect((await house.run()).state).toBe('failed');
    expect(house.workspace.has('x')).toBe(false);
    const aside = house.workspace.path('.crisol', 'aside');
    const [left = ''] = readdirSync(aside, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('/x'));
    expect(readFileSync(join(aside, left), 'utf8')).toBe('half\n');
    house.workspace.write('go', '');
    const run = await house.run();
    expect([run.state, cached(run)]).toEqual(['succeeded', [false]]);
  });
});

describe('results of a step', () => {
  it('decide what runs after it, and are in what runs', async () => {
    open(`
steps:
  say: {run: "echo '{}' > out.json", outs: [out.json]}
  after: {run: "echo \${{ steps.say.outs[0] }} > seen", deps: [out.json], outs: [seen]}
  never: {run: echo no, if: "steps.say.outs[0] == 'other'"}
  clean: {run: echo clean > cleaned, needs: [never], if: always()}
`);
    const run = await house.run();
    expect(states(run)).toEqual({ say: 'succeeded', after: 'succeeded', never: 'skipped', clean: 'succeeded' });
    expect(house.workspace.read('seen')).toBe('out.json\n');
    expect(run.state).toBe('succeeded');
  });
});

describe('a run that failed', () => {
  it('is resumed with its own plan, and what succeeded is not run again', async () => {
    open(
      `steps:\n  a: {run: echo a >> a.log}\n  b: {run: "[ -e go ] && echo \${{ params.who }} > b", needs: [a]}\nparams: {who: first}\n`,
    );
    const failed = await house.run({ params: { who: 'second' } });
    expect(states(failed)).toEqual({ a: 'succeeded', b: 'failed' });
    house.workspace.write('go', '');
    const { run_id } = await house.pipelines.resume(failed.run_id);
    const resumed = await house.ended(run_id);
    expect(states(resumed)).toEqual({ a: 'succeeded', b: 'succeeded' });
    expect(house.workspace.read('b')).toBe('second\n');
    expect(house.workspace.read('a.log')).toBe('a\n');
  });
});

describe('a hash of files', () => {
  const YAML = `
steps:
  make: {run: echo one > made/a.txt, outs: [made/a.txt], deps: [in]}
  use: {run: "echo \${{ hashFiles('made/*.txt', 'in') }} > used", needs: [make], outs: [used]}
  never: {run: exit 1, if: "hashFiles('nothing/**') != ''"}
`;

  it('is taken when it is the step’s turn, and another one is another command', async () => {
    open(YAML);
    house.workspace.write('in', 'one');
    const first = await house.run();
    expect(states(first)).toEqual({ make: 'succeeded', use: 'succeeded', never: 'skipped' });
    const hash = house.workspace.read('used').trim();
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect((await house.pipelines.forecast({})).steps.map(({ would }) => would)).toEqual([
      'nothing',
      'nothing',
      'skip',
    ]);
    house.workspace.write('in', 'two');
    expect((await house.pipelines.why('use')).steps[0]).toMatchObject({ would: 'run' });
    expect(reasonOf(await house.run(), 'use')).toContain('the command');
    expect(house.workspace.read('used').trim()).not.toBe(hash);
  });

  it('of what lies outside of the workspace fails the step', async () => {
    open(`steps:\n  a: {run: "echo \${{ hashFiles('../x') }}"}\n`);
    expect(reasonOf(await house.run(), 'a')).toBe('`hashFiles()`: "../x" leads out of the workspace.');
  });
});

it('of a metric that several steps log, the run has what the last of them says, whichever ran this time', async () => {
  const step = (from: string) => `
    run: cp ${from} ${from}.json
    deps: [${from}]
    metrics: [${from}.json]`;
  open(`
steps:
  test:${step('late')}
    needs: [check]
  check:${step('early')}
`);
  house.workspace.write('early', '{"f1": 0.8}');
  house.workspace.write('late', '{"f1": 0.6}');
  const f1 = async () => {
    const { run_id, state } = await house.run();
    expect(state).toBe('succeeded');
    return house.tracking.runs.get(run_id).metrics.map(({ key, value }) => [key, value]);
  };
  const last = [['f1', 0.6]];
  expect([await f1(), await f1()]).toEqual([last, last]);
  house.workspace.write('early', '{"f1": 0.9}');
  expect(await f1()).toEqual(last);
});
