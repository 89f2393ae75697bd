import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, truncateSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import { isAlive } from '../../support/processes.ts';
import { AWKWARD_NAME } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';
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

describe('a run', () => {
  it('carries out its steps in the order they need each other, and is a run in tracking', async () => {
    open(`
steps:
  last: {run: cat b > c, needs: [second]}
  second: {run: sleep 0.1; cat a > b, needs: [first]}
  first: {run: echo done > a}
`);
    const seen: PipelineRun[] = [];
    house.pipelines.changes.on((run) => seen.push(run));
    const run = await house.run();
    expect(states(run)).toEqual({ first: 'succeeded', second: 'succeeded', last: 'succeeded' });
    expect(run.steps.map(({ name }) => name)).toEqual(['first', 'second', 'last']);
    expect(house.workspace.read('c')).toBe('done\n');
    expect(run.state).toBe('succeeded');
    expect(house.stateInTracking(run.run_id)).toBe('succeeded');
    expect(seen.map(states)).toContainEqual({ first: 'succeeded', second: 'running', last: 'pending' });
    // nobody else wanted anything of it
    const waits = new Set(seen.flatMap(({ steps }) => steps.flatMap(({ waits_for }) => waits_for ?? [])));
    expect([...waits].filter((words) => !words.startsWith('its files, which are looked at'))).toEqual([]);
  });

  it('lets steps that do not need each other run at the same time', async () => {
    // each ends only when it has seen the other
    const meet = (me: string, other: string) => `touch ${me}; until [ -e ${other} ]; do sleep 0.02; done`;
    open(`steps:\n  a: {run: "${meet('a', 'b')}"}\n  b: {run: "${meet('b', 'a')}"}\n`);
    expect(states(await house.run())).toEqual({ a: 'succeeded', b: 'succeeded' });
  });

  it('skips what needs a failed step, says why, and carries out the rest', async () => {
    open(`
steps:
  bad: {run: "echo so far so good; echo it broke >&2; exit 3"}
  child: {run: echo no, needs: [bad]}
  grandchild: {run: echo no, needs: [child]}
  apart: {run: echo yes}
`);
    const run = await house.run();
    expect(states(run)).toEqual({ bad: 'failed', child: 'skipped', grandchild: 'skipped', apart: 'succeeded' });
    expect(run.steps.find(({ name }) => name === 'bad')).toMatchObject({
      reason: 'it ended with exit code 3: it broke',
      tail: 'so far so good\nit broke',
    });
    expect(reasonOf(run, 'child')).toBe('`bad` failed');
    expect(run.state).toBe('failed');
    expect(house.stateInTracking(run.run_id)).toBe('failed');
  });

  it('takes some steps with what they need', async () => {
    open('steps:\n  a: {run: echo a}\n  b: {run: echo b, needs: [a]}\n  c: {run: echo c}\n');
    expect(states(await house.run({ steps: ['b'] }))).toEqual({ a: 'succeeded', b: 'succeeded' });
  });

  it('waits while another one writes the same, and takes what that gives', async () => {
    open('steps:\n  a: {run: "sleep 0.3; echo once >> count; echo a > x", deps: [crisol.yaml], outs: [x]}\n');
    const both = await Promise.all([house.pipelines.start({}), house.pipelines.start({})]);
    const ended = await Promise.all(both.map(({ run_id }) => house.ended(run_id)));
    expect(ended.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
    expect(ended.map(({ steps }) => steps[0]?.cached).sort()).toEqual([false, true]);
    expect(house.workspace.read('count')).toBe('once\n');
  });

  it('is refused with an unknown step, and no run is left behind', async () => {
    open('steps:\n  a: {run: echo a}\n');
    await expect(house.run({ steps: ['b'] })).rejects.toMatchObject({ code: 'PIPELINE_STEP_UNKNOWN' });
    expect(house.pipelines.list()).toEqual([]);
    expect(house.pipelines.busy()).toBe(false);
  });

  it('fails with a step that cannot be started, and the rest goes on', async () => {
    open(`steps:\n  a: {run: "${'x'.repeat(200_000)}"}\n  b: {run: echo b}\n`);
    const run = await house.run();
    expect(states(run)).toEqual({ a: 'failed', b: 'succeeded' });
    expect(reasonOf(run, 'a')).toMatch(/could not be started/);
  });
});

describe('a script', () => {
  it('ends with its first line that fails', async () => {
    open('steps:\n  a:\n    run: |\n      echo one\n      false\n      echo two\n');
    const run = await house.run();
    expect(run.state).toBe('failed');
    expect(await house.log(run.run_id, 'a')).toBe('one\n');
  });

  it('sees where to log, the folder, the step, and its own variables', async () => {
    open(`
env: {COLOUR: red}
steps:
  say:
    run: |
      echo "$MLFLOW_TRACKING_URI|$MLFLOW_TRACKING_TOKEN|$MLFLOW_RUN_ID"
      echo "$CRISOL_WORKSPACE|$CRISOL_STEP|$COLOUR|$SIZE|$PWD"
      echo "$ELECTRON_RUN_AS_NODE$NODE_COMPILE_CACHE."
    env: {SIZE: "3", MLFLOW_RUN_ID: mine}
`);
    const run = await house.run();
    const { folder } = house.workspace;
    expect((await house.log(run.run_id, 'say')).split('\n')).toEqual([
      `http://127.0.0.1:1|secret|${run.steps[0]?.child_run_id}`,
      `${folder}|say|red|3|${folder}`,
      '.',
      '',
    ]);
  });

  it('gets a secret from the environment that is neither kept nor seen by other users', async () => {
    vi.stubEnv('MY_SECRET', 'swordfish "quoted"');
    open(`
steps:
  tell: {run: "echo '\${{ env.MY_SECRET }}'; for one in $$ $(ps -o ppid= -p $$); do tr '\\\\0' ' ' < /proc/$one/cmdline; echo; done", env: {COPY: "\${{ env.MY_SECRET }}"}}
  show: {run: echo "$COPY", env: {COPY: "\${{ env.MY_SECRET }}"}}
`);
    const run = await house.run();
    const [said, ...commandLines] = (await house.log(run.run_id, 'tell')).split('\n');
    expect(said).toBe('swordfish "quoted"');
    expect(commandLines).toEqual([expect.stringContaining('/bin/sh -e -c'), expect.stringContaining('supervis'), '']);
    expect(commandLines.join()).not.toContain('swordfish');
    expect(await house.log(run.run_id, 'show')).toBe('swordfish "quoted"\n');
    const kept = house.store.db.prepare('SELECT state, plan FROM pipeline_runs').all();
    expect(JSON.stringify(kept)).not.toContain('swordfish');
    expect(spawnSync('grep', ['-r', 'swordfish', house.workspace.path('supervisors')]).status).toBe(1);
  });

  it('works in a folder whose name breaks careless programs', async () => {
    open('steps:\n  a: {run: echo "$CRISOL_WORKSPACE" > out.txt; cat out.txt}\n', AWKWARD_NAME);
    const run = await house.run();
    expect(run.state).toBe('succeeded');
    expect(await house.log(run.run_id, 'a')).toBe(`${house.workspace.folder}\n`);
  });

  it('has no input, so that a question ends and does not wait', async () => {
    open('steps:\n  a: {run: "read answer || echo nobody"}\n');
    const run = await house.run();
    expect(await house.log(run.run_id, 'a')).toBe('nobody\n');
  });

  it('leaves no process behind, also one that it did not wait for', async () => {
    open('steps:\n  a: {run: "sleep 60 & echo $!"}\n');
    const run = await house.run();
    expect(run.state).toBe('succeeded');
    const pid = Number(await house.log(run.run_id, 'a'));
    await waitFor(() => !isAlive(pid));
  });

  it('that ends itself with a signal has failed, and that is the reason', async () => {
    open('steps:\n  a: {run: kill -KILL $$}\n');
    expect(reasonOf(await house.run(), 'a')).toBe('it was ended by SIGKILL');
  });
});

describe('cancelling', () => {
  it('ends a step with all its processes, and skips the rest', async () => {
    // it ends by itself when it is told to: nothing waits until it would be forced
    const script = "trap 'echo told; trap - TERM; kill $$' TERM; sleep 600 & sleep 0.1; echo $! up; wait";
    open(`steps:\n  a: {run: "${script}"}\n  b: {run: echo b, needs: [a]}\n`);
    const { run_id } = await house.pipelines.start({});
    await house.said(run_id, 'a', 'up');
    const started = performance.now();
    house.pipelines.cancel(run_id);
    const run = await house.ended(run_id);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(await house.log(run_id, 'a')).toContain('told');
    expect(states(run)).toEqual({ a: 'cancelled', b: 'skipped' });
    expect([run.state, house.stateInTracking(run_id)]).toEqual(['cancelled', 'cancelled']);
    const pid = Number.parseInt(await house.log(run_id, 'a'), 10);
    await waitFor(() => !isAlive(pid));
  });

  it('ends a script that does not listen, after some seconds', async () => {
    open(`steps:\n  a: {run: "trap '' TERM; echo $$ up; while :; do sleep 0.1; done"}\n`);
    const { run_id } = await house.pipelines.start({});
    await house.said(run_id, 'a', 'up');
    house.pipelines.cancel(run_id);
    const run = await house.ended(run_id);
    expect(run.state).toBe('cancelled');
    expect(isAlive(Number.parseInt(await house.log(run_id, 'a'), 10))).toBe(false);
  });

  it('works in the very moment of the start', async () => {
    open('steps:\n  a: {run: sleep 60}\n  b: {run: echo b, needs: [a]}\n');
    const { run_id } = await house.pipelines.start({});
    house.pipelines.cancel(run_id);
    expect((await house.ended(run_id)).state).toBe('cancelled');
  });

  it('ends a run at once that looks at large data', async () => {
    open('steps:\n  a: {run: echo a, deps: [large], outs: [b]}\n');
    house.workspace.write('large', '');
    truncateSync(house.workspace.path('large'), 200 * 2 ** 30);
    const { run_id } = await house.pipelines.start({});
    const said = () => house.pipelines.get(run_id).steps[0]?.waits_for ?? '';
    await waitFor(() => /^its files, which are looked at \(1 file, \d+ % of 200 GB\)$/.test(said()), {
      what: 'how far it is',
    });
    await house.pipelines.cancel(run_id);
    expect((await house.ended(run_id)).state).toBe('cancelled');
  });

  it('ends a run at once whose outs are being kept, says so meanwhile, and keeps nothing of them', async () => {
    open('steps:\n  a: {run: "echo 1 > small; truncate -s 6G large", outs: [small, large]}\n');
    const { run_id } = await house.pipelines.start({});
    const step = () => house.pipelines.get(run_id).steps[0];
    const isTold = () => /^keeping large \(1 file, \d+ % of 6.0 GB\)$/.test(step()?.progress?.text ?? '');
    await waitFor(isTold, { what: 'what it waits for' });
    const started = performance.now();
    await house.pipelines.cancel(run_id);
    const run = await house.ended(run_id);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(run.steps[0]).toMatchObject({ state: 'cancelled', reason: 'the run was cancelled' });
    expect(run.steps[0]?.progress).toBeUndefined();
    expect(house.stateInTracking(run.steps[0]?.child_run_id ?? '')).toBe('cancelled');
    expect(house.workspace.has('large')).toBe(false);
    expect(readdirSync(house.workspace.path('.crisol', 'aside'), { recursive: true }).join()).toContain('large');
    expect(readdirSync(house.workspace.path('cache', 'staging'))).toEqual([]);
    expect((await house.pipelines.forecast({})).steps[0]).toMatchObject({ would: 'run' });
  });

  it('ends a run at once whose outs are being brought back', async () => {
    open('steps:\n  a: {run: "truncate -s 400M large", outs: [large]}\n');
    await house.run();
    rmSync(house.workspace.path('large'));
    const { run_id } = await house.pipelines.start({});
    const said = () => house.pipelines.get(run_id).steps[0]?.waits_for ?? '';
    await waitFor(() => said().startsWith('its outs, which are brought back'), { what: 'what it waits for' });
    const started = performance.now();
    await house.pipelines.cancel(run_id);
    expect((await house.ended(run_id)).state).toBe('cancelled');
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(house.workspace.has('large')).toBe(false);
  });

  it('changes nothing of a run that has ended, and knows no other', async () => {
    open('steps:\n  a: {run: echo a}\n');
    const run = await house.run();
    expect(await house.pipelines.cancel(run.run_id)).toEqual(run);
    await expect(house.pipelines.cancel('nobody')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });
});

it('tells an unknown step from one that has said nothing yet', async () => {
  open('steps:\n  a: {run: "true"}\n');
  const run = await house.run();
  expect(await house.pipelines.logs.read(run.run_id, 'a', {})).toMatchObject({ text: '', bytes: 0, ended: true });
  await expect(house.pipelines.logs.read(run.run_id, 'b', {})).rejects.toMatchObject({
    code: 'PIPELINE_STEP_UNKNOWN',
  });
});
