import { describe, expect, test } from 'vitest';
import { groupLasted, groupsOf, hasVariants, lastOf, standingOf } from '../../../../schemas/pipelines/groups.ts';
import { standingSteps, stepsOfRun, waitedFor } from '../../../../schemas/pipelines/standing.ts';
import { NOW, pipelineRun, step } from '../../extension/views/some.ts';

const variant = (name: string, state: Parameters<typeof step>[1], over: Parameters<typeof step>[2] = {}) =>
  step(name, state, { of: 'train', ...over });

describe('steps as they stand', () => {
  const plan = [
    { name: 'split', needs: [] },
    { name: 'train', needs: ['split'] },
  ];

  test('each tells of the newest run in which it began, or of the newest where that has it', () => {
    const earlier = pipelineRun([step('split', 'succeeded'), step('train', 'failed')], {
      run_id: 'p0',
      started_at: NOW - 1000,
    });
    const newest = pipelineRun([step('train', 'pending')]);
    const steps = standingSteps(plan, [earlier, newest]);
    expect(steps.map(({ name, last, lastIn }) => [name, last?.state, lastIn?.run_id])).toEqual([
      ['split', 'succeeded', 'p0'],
      ['train', 'pending', 'p1'],
    ]);
  });

  test('while crisol.yaml has none to tell, those of the newest run stand there', () => {
    expect(standingSteps([], [])).toEqual([]);
    const run = pipelineRun([step('old', 'succeeded'), step('train', 'failed', { needs: ['old', 'gone'] })]);
    expect(standingSteps([], [run]).map(({ name, needs }) => [name, needs])).toEqual([
      ['old', []],
      ['train', ['old']],
    ]);
  });

  test('of a run, what each waited for is what it kept, else what the plan says', () => {
    const run = pipelineRun([step('split', 'running'), step('train', 'pending')]);
    const steps = stepsOfRun(run, plan);
    const byStep = new Map(steps.map((one) => [one.name, one]));
    expect(steps.map((one) => waitedFor(one, byStep))).toEqual([[], ['split']]);
    expect(steps[0]?.planned).toBe(plan[0]);
  });
});

describe('steps with variants', () => {
  const run = pipelineRun([
    step('split', 'succeeded'),
    variant('train (1)', 'succeeded', { needs: ['split'], started_at: NOW, seconds: 4 }),
    variant('train (2)', 'running', { needs: ['split'], started_at: NOW + 1000 }),
    variant('train (3)', 'pending', { needs: ['split'] }),
    step('report', 'pending', { needs: ['train (1)', 'train (2)', 'train (3)'] }),
  ]);
  const [split, train, report] = groupsOf(stepsOfRun(run, []));

  test('are one, which waits for others as one', () => {
    expect([split, train, report].map((group) => group && [group.name, group.needs, hasVariants(group)])).toEqual([
      ['split', [], false],
      ['train', ['split'], true],
      ['report', ['train'], false],
    ]);
  });

  test('tell how many have ended, and how long they took together', () => {
    expect(train && standingOf(lastOf(train))).toEqual({ state: 'running', done: 1, cached: 0, failed: 0 });
    expect(train && groupLasted(lastOf(train), NOW + 6000)).toBe(6000);
    expect(report && groupLasted(lastOf(report), NOW)).toBeNull();
  });

  test.each([
    [['pending', 'pending'], 'pending'],
    [['succeeded', 'pending'], 'running'],
    [['succeeded', 'failed', 'skipped'], 'failed'],
    [['succeeded', 'cancelled'], 'cancelled'],
    [['succeeded', 'skipped'], 'succeeded'],
    [['skipped'], 'skipped'],
    [[], null],
  ] as const)('%j is %s', (states, expected) => {
    expect(standingOf(states.map((state) => step(state, state))).state).toBe(expected);
  });
});
