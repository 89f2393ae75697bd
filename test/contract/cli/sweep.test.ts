import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SweepDetail, SweepList, SweepSummary } from '../../../schemas/wire/sweeps.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Cli } from './cli.ts';

const FILE = `version: 1
name: demo
params: {lr: 0.1, kind: "plain one", home: "."}
steps:
  train:
    run: |
      touch "\${{ params.home }}/begun"
      while [ -e "\${{ params.home }}/hold" ]; do sleep 0.05; done
      echo '{"loss": \${{ params.lr }}, "of": "\${{ params.kind }}"}' > metrics.json
    metrics: [metrics.json]
sweeps:
  tune: {step: train, goal: minimize loss, space: {lr: {float: [1, 4], step: 1}, kind: {choice: ["a new one"]}}, sampler: grid}
`;

let cli: Cli;
beforeEach(() => {
  cli = new Cli(new TempWorkspace({ name: AWKWARD_NAME, files: { 'crisol.yaml': FILE } }));
});
afterEach(() => cli.dispose());

const home = () => `home=${cli.workspace.folder.replaceAll('"', '\\"')}`;

describe('crisol sweep', () => {
  test('tells of each trial as it ends, of the best, and how to have what it made', async () => {
    const { code, stdout, stderr } = await cli.run('sweep', 'tune', '--parallel', '2');
    expect(stderr.split('\n').filter((line) => /^ {2}✓ +\d/.test(line))).toHaveLength(4);
    expect(stdout).toMatch(
      /^✓ tune succeeded in .* {2}4 trials: 4 complete\n {2}best: loss 1 \(trial 0\) {2}lr 1 {2}kind a new one\n/,
    );
    expect(stdout).toContain("crisol run train --param lr=1 --param 'kind=a new one'");
    expect(code).toBe(0);
    const { sweeps } = await cli.json(SweepList, 'sweeps');
    expect(sweeps).toMatchObject([{ name: 'tune', state: 'succeeded', best: { value: 1 } }]);
    const shown = await cli.run('sweeps', sweeps[0]?.sweep_id ?? '');
    expect(shown.stdout.match(/^ {2}✓ {3}\d/gm)).toHaveLength(4);
    expect((await cli.run('sweeps', 'tune')).stdout).toBe(shown.stdout);
    const listed = (await cli.run('runs')).stdout.split('\n').filter((line) => /sweep tune|tune \d/.test(line));
    expect(listed).toHaveLength(1);
    expect((await cli.run('runs', '--all')).stdout.match(/^ {2}✓ tune \d/gm)).toHaveLength(4);
    expect((await cli.run('sweeps')).stdout).toMatch(
      /^sweep +state +trials .*\ntune +✓ succeeded +4 trials: 4 complete +loss 1 /,
    );
  });

  test('is cancelled by Ctrl+C, and gone on with', async () => {
    cli.workspace.write('hold', '');
    const running = cli.start(['sweep', 'tune', '--json', '--param', home()]);
    await waitFor(() => cli.workspace.has('begun'));
    running.interrupt();
    const { code, stdout } = await running.ended;
    expect(code).toBe(130);
    const cancelled: SweepDetail = JSON.parse(stdout);
    expect(cancelled.sweep).toMatchObject({ state: 'cancelled', counts: { cancelled: 1, running: 0 } });
    const { sweep_id } = cancelled.sweep;
    expect((await cli.run('sweeps', sweep_id)).stdout).toContain(`crisol sweep --resume ${sweep_id.slice(0, 8)}`);
    rmSync(cli.workspace.path('hold'));
    const resumed = await cli.json(SweepDetail, 'sweep', '--resume', sweep_id.slice(0, 8));
    expect(resumed.sweep).toMatchObject({ state: 'succeeded', counts: { complete: 4, cancelled: 0 } });
  });

  test('leaves with --detach while it goes on, until it is cancelled', async () => {
    cli.workspace.write('hold', '');
    const { sweep_id, state } = await cli.json(SweepSummary, 'sweep', 'tune', '--detach', '--param', home());
    expect(state).toBe('running');
    await waitFor(() => cli.workspace.has('begun'));
    expect((await cli.run('status')).stdout).toContain('a sweep runs');
    expect((await cli.run('sweeps', sweep_id, '--cancel')).stdout).toBe('tune is being cancelled.\n');
    const ended = async () => (await cli.json(SweepDetail, 'sweeps', sweep_id)).sweep.ended_at !== null;
    await waitFor(ended);
  });

  test.for([
    [['sweep', 'tuen'], 2, 'There is no sweep "tuen" in crisol.yaml; there are: tune.'],
    [['sweep'], 2, 'Name a sweep.'],
    [['sweep', 'tune', '--param', 'lr2=1'], 2, 'There is no param "lr2"'],
    [['sweeps', 'nothing'], 2, 'There is no sweep "nothing".'],
  ] as const)('%j ends with %i and says why', async ([args, expected, words]) => {
    const { code, stderr } = await cli.run(...args);
    expect(stderr).toContain(words);
    expect(code).toBe(expected);
  });
});
