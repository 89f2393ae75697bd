import { execFileSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunList } from '../../../schemas/wire/tracking.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Cli } from './cli.ts';

const FILE = `version: 1
name: p
steps:
  write:
    run: printenv MLFLOW_TRACKING_URI > out; echo '{"loss":0.5}' > metrics.json
    deps: in
    outs: out
    metrics: metrics.json
`;

const SLOW = 'version: 1\nsteps:\n  a: {run: sleep 1; echo on > log}\n';

let cli: Cli;
beforeEach(() => {
  cli = new Cli();
  cli.workspace.write('in', '1');
  cli.workspace.write('crisol.yaml', FILE);
});
afterEach(() => cli.dispose());

/** What a run says, but for its name and times. */
async function run(...args: string[]) {
  const { code, stdout, stderr } = await cli.run('run', ...args);
  return {
    code,
    said: (stderr + stdout)
      .replace(/\S+-\S+-\d+/, 'NAME')
      .replace(/\d+(\.\d+)? m?s\b *$/gm, 'TIME')
      .replace(/\d+(\.\d+)? m?s\b +/g, 'TIME  '),
  };
}

/** Begins a run and presses Ctrl+C twice. */
async function pressTwice(ms: number, pause: number) {
  const leaving = cli.start(['run']);
  await setTimeout(ms);
  leaving.interrupt();
  await setTimeout(pause);
  leaving.interrupt();
  expect((await leaving.ended).code).toBe(130);
}

async function expectAllCancelled() {
  const { runs } = await cli.json(RunList, 'runs');
  expect(runs.filter(({ state }) => state !== 'cancelled')).toEqual([]);
}

describe('a run that has to start the daemon', () => {
  it('tells the same as one that finds it, with work to do and without; what follows finds the daemon', async () => {
    const first = await run();
    expect(first).toEqual({
      code: 0,
      said: expect.stringMatching(/✓ write {2}TIME\n✓ NAME succeeded in TIME {2}loss 0\.5000\n/),
    });
    expect(cli.workspace.read('out')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
    const warm = await run();
    expect(warm.said).toMatch(/✓ write {2}cached\n✓ NAME succeeded in TIME {2}loss 0\.5000\n/);
    await cli.run('down');
    expect(await run()).toEqual(warm);
    expect((await cli.run('status')).stdout).toMatch(/^ *daemon +http/);
    expect((await cli.run('down')).stdout).toBe('The daemon has ended.\n');
    cli.workspace.write('in', '2');
    expect(await run()).toEqual(first);
    expect((await cli.run('runs')).stdout.match(/^\S*✓|succeeded/gm)?.length).toBeGreaterThanOrEqual(4);
  });

  it('that has nothing to do is over at once, and so is what ends its daemon', async () => {
    await run();
    for (let round = 0; round < 3; round++) {
      await cli.run('down');
      expect((await run()).said).toContain('write  cached');
      expect((await cli.run('down')).stdout).toBe('The daemon has ended.\n');
      expect((await cli.run('status')).code).toBe(3);
    }
  });

  it('answers in JSON', async () => {
    await run();
    await cli.run('down');
    const { stdout } = await cli.run('run', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ status: 'succeeded', steps: [{ name: 'write', cached: true }] });
  });

  it.each([
    ['a file that is wrong', 'version: 1\nsteps:\n  a: {run: 1, needs: b}\n', [], /crisol\.yaml, line/],
    ['a step that is not there', FILE, ['nowhere'], /nowhere/],
    ['a step that fails', 'version: 1\nsteps:\n  a: {run: exit 3}\n', [], /failed/],
  ])('tells of %s what one that finds it tells', async (_what, file, args, words) => {
    cli.workspace.write('crisol.yaml', file);
    const cold = await run(...args);
    expect(cold.code).not.toBe(0);
    expect(cold.said).toMatch(words);
    expect(await run(...args)).toEqual(cold);
  });

  it('takes params of any length', async () => {
    await run();
    const command = `run: printf %s "\${{ params.words }}" | wc -c; `;
    cli.workspace.write('crisol.yaml', `params: {words: a}\n${FILE.replace('run: ', command)}`);
    await cli.run('down');
    const long = await run('--param', `words=${'x'.repeat(25_000)}`);
    expect(long).toMatchObject({ code: 0, said: expect.not.stringContaining('cached') });
    expect((await cli.run('logs', 'write')).stdout).toContain('25000');
  });

  it('is cancelled when whoever asked has left before anybody could know of it', async () => {
    cli.workspace.write('crisol.yaml', SLOW);
    await cli.run('up');
    for (const [ms, pause] of [
      [150, 20],
      [220, 20],
      [300, 20],
      [400, 20],
      [350, 100],
      [450, 60],
      [550, 30],
    ] as const) {
      await cli.run('down');
      await pressTwice(ms, pause);
      await waitFor(async () => (await cli.run('up')).stdout.includes('nothing under way'));
      await expectAllCancelled();
    }
    expect(cli.workspace.has('log')).toBe(false);
  });

  it('with a daemon that is there, too, however soon after each other one presses twice', async () => {
    cli.workspace.write('crisol.yaml', SLOW);
    await cli.run('up');
    for (const [ms, pause] of [
      [80, 20],
      [110, 10],
      [140, 10],
      [170, 5],
      [200, 0],
    ] as const) {
      await pressTwice(ms, pause);
      await waitFor(async () => (await cli.run('status')).stdout.includes('nothing under way'));
      await expectAllCancelled();
    }
    expect(cli.workspace.has('log')).toBe(false);
  });

  it.runIf(process.platform !== 'win32')('leaves its params to nobody who looks which programs run', async () => {
    cli.workspace.write('crisol.yaml', 'version: 1\nparams: {key: a}\nsteps:\n  a: {run: echo}\n');
    expect((await run('--param', 'key=secret-of-mine')).code).toBe(0);
    const { pid } = JSON.parse((await cli.run('status', '--json')).stdout);
    const words = execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
    expect(words).toContain('--workspace');
    expect(words).not.toContain('secret-of-mine');
  });

  it('waits for the files of what goes on when the daemon died', async () => {
    const script = 'echo on >> log; until [ -e go ]; do sleep 0.05; done; echo done > out';
    cli.workspace.write('crisol.yaml', `version: 1\nsteps:\n  a: {run: "${script}", outs: out}\n`);
    await cli.run('run', '--detach');
    const { pid } = JSON.parse((await cli.run('status', '--json')).stdout);
    await waitFor(() => cli.workspace.has('log'));
    process.kill(pid, 'SIGKILL');
    const second = cli.start(['run']);
    await waitFor(async () => (await cli.run('status')).stdout.includes('a pipeline runs'));
    await setTimeout(1000);
    cli.workspace.write('go', '');
    expect(await second.ended).toMatchObject({ code: 0, stderr: expect.stringContaining('cached') });
    expect(cli.workspace.read('log')).toBe('on\n');
  });
});
