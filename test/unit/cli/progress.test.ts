import { describe, expect, test } from 'vitest';
import { RunProgress } from '../../../daemon/cli/progress.ts';
import type { ServerMessage } from '../../../schemas/wire/events.ts';
import type { PipelineRun, StepRun } from '../../../schemas/wire/pipelines.ts';

function step(name: string, state: StepRun['state'], seconds: number | null = null, reason = ''): StepRun {
  return { name, state, cached: false, reason, started_at: null, seconds };
}

function pipelineRun(steps: StepRun[], ended_at: number | null = null): PipelineRun {
  return { run_id: 'r', pipeline: 'p', name: 'calm-heron', state: 'running', started_at: 0, ended_at, steps };
}

const told = (run: PipelineRun): ServerMessage => ({
  type: 'pipelines/run',
  topic: 'pipelines',
  run,
  epoch: 'e',
  seq: 1,
});

/** What is written to, as a terminal or as a file. */
function output(isTTY: boolean) {
  const written: string[] = [];
  const stream = { isTTY, columns: 40, write: (text: string) => written.push(text) };
  return { written, stream: stream as unknown as NodeJS.WriteStream };
}

describe('the progress of a run', () => {
  test('in a file is one line for each step that ended, once', () => {
    const { written, stream } = output(false);
    const progress = new RunProgress('r', stream);
    expect(progress.take(told(pipelineRun([step('prepare', 'running'), step('fit', 'pending')])))).toBeUndefined();
    progress.take(told(pipelineRun([step('prepare', 'succeeded', 1.25), step('fit', 'running')])));
    progress.take(told(pipelineRun([step('prepare', 'succeeded', 1.25), step('fit', 'running')])));
    const last = pipelineRun([step('prepare', 'succeeded', 1.25), step('fit', 'failed', 3, 'exit code 1')], 9);
    expect(progress.take(told(last))).toEqual(last);
    expect(written).toEqual(['  ✓ prepare  1.3 s\n', '  ✗ fit      3.0 s    failed: exit code 1\n']);
  });

  test('in a terminal has a line that moves with the metrics and fits', () => {
    const { written, stream } = output(true);
    const progress = new RunProgress('r', stream);
    progress.take(told(pipelineRun([step('fit', 'running')])));
    const metrics = [
      { key: 'loss', value: 0.51234, step: 12, timestamp: 2 },
      { key: 'old', value: 1, step: 1, timestamp: 1 },
      { key: 'a_metric_with_a_long_name', value: 1, step: 12, timestamp: 2 },
    ];
    const run = {
      run_id: 'r',
      experiment_id: '1',
      name: '',
      state: 'running',
      started_at: 0,
      ended_at: null,
      user: '',
      metrics,
    };
    progress.take({ type: 'tracking/run', topic: 'tracking', run, epoch: 'e', seq: 2 } as ServerMessage);
    expect(written.at(-2)).toBe('\r\x1b[2K');
    expect(written.at(-1)).toBe('  ● fit  12  loss 0.5123  a_metric_with');
  });

  test('in a terminal says what a step waits for while none runs, and how far keeping its outs is', () => {
    const { written, stream } = output(true);
    const progress = new RunProgress('r', stream);
    progress.take(told(pipelineRun([{ ...step('fit', 'pending'), waits_for: 'its turn' }, step('next', 'pending')])));
    expect(written.at(-1)).toBe('  ○ fit waits for its turn');
    const keeping = { fraction: 0.45, text: 'keeping out (1 file)' };
    progress.take(told(pipelineRun([{ ...step('fit', 'running'), progress: keeping }, step('next', 'pending')])));
    expect(written.at(-1)).toBe('  ● fit keeping out (1 file)  ');
  });

  test('leaves out other runs', () => {
    const { written, stream } = output(false);
    const progress = new RunProgress('another', stream);
    expect(progress.take(told(pipelineRun([step('fit', 'succeeded', 1)], 9)))).toBeUndefined();
    expect(written).toEqual([]);
  });

  test('is found in the snapshot when the end came before the subscription', () => {
    const run = pipelineRun([step('fit', 'succeeded', 1)], 9);
    const progress = new RunProgress('r', output(false).stream);
    expect(progress.take({ type: 'pipelines/snapshot', topic: 'pipelines', runs: [run], epoch: 'e', seq: 1 })).toEqual(
      run,
    );
  });
});
