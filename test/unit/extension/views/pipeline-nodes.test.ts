import { expect, test } from 'vitest';
import type { TreeNode } from '../../../../extension/views/node.ts';
import { PipelineModel } from '../../../../extension/views/pipeline-model.ts';
import { pipelineNodes } from '../../../../extension/views/pipeline-nodes.ts';
import type { WorkState } from '../../../../schemas/wire/common.ts';
import type { StepRun } from '../../../../schemas/wire/pipelines.ts';
import { processorTime } from '../../../support/processor-time.ts';
import { drawn, NOW, pipelineRun, step } from './some.ts';

function tooltipOf(node: TreeNode | undefined): string {
  return typeof node?.tooltip === 'function' ? node.tooltip() : (node?.tooltip ?? '');
}

test('the pipeline shows what each step does or waits for', () => {
  const store = new PipelineModel();
  const names = ['prepare', 'train', 'evaluate', 'register'];
  store.setPlan({
    name: 'match-outcome',
    problem: null,
    runs: [],
    steps: names.map((name, place) => ({ name, needs: names.slice(Math.max(0, place - 1), place) })),
  });
  expect(drawn(pipelineNodes(store, NOW))[0]).toBe('(circle-outline) match-outcome not run yet');
  const steps = [
    step('prepare', 'succeeded', { cached: true }),
    step('train', 'running'),
    step('evaluate', 'pending'),
    step('register', 'pending'),
  ];
  store.apply({ type: 'pipelines/run', topic: 'pipelines', run: pipelineRun(steps) });
  expect(drawn(pipelineNodes(store, NOW))).toEqual([
    '(sync~spin) match-outcome train 2/4',
    '  (pass) prepare cached',
    '  (sync~spin) train',
    '  (circle-outline) evaluate waits for train',
    '  (circle-outline) register waits for evaluate',
  ]);
});

test('a step that is cross-validated has its folds below it, each leading to what it printed', () => {
  const store = new PipelineModel();
  store.setPlan({ name: 'match-outcome', problem: null, runs: [], steps: [{ name: 'cv', needs: [] }] });
  const folds = [
    { number: 1, state: 'succeeded' as const, run_id: 'f1', seconds: 3 },
    { number: 2, state: 'running' as const, run_id: 'f2' },
    { number: 3, state: 'pending' as const, run_id: null },
  ];
  const run = pipelineRun([step('cv', 'running', { folds })]);
  store.apply({ type: 'pipelines/run', topic: 'pipelines', run });
  const nodes = pipelineNodes(store, NOW);
  expect(drawn(nodes).slice(1)).toEqual([
    '  (sync~spin) cv 1/3 folds',
    '    (pass) fold 1 3.0 s',
    '    (sync~spin) fold 2 running',
    '    (circle-outline) fold 3 pending',
  ]);
  const [first, , last] = nodes[0]?.children?.[0]?.children ?? [];
  expect(first?.open?.arguments).toMatchObject([{ subject: { name: 'cv fold 1', runId: run.run_id } }]);
  expect(first?.spoken).toBe('Fold 1 of step cv, succeeded · 3.0 s');
  expect(last?.open).toBeUndefined();
});

test('a step that the newest run left out keeps what became of it, and when that was', () => {
  const store = new PipelineModel();
  const steps = ['prepare', 'train', 'report'].map((name) => ({ name, needs: [] }));
  const whole = [
    step('prepare', 'succeeded'),
    step('train', 'succeeded'),
    step('report', 'skipped', { started_at: null }),
  ];
  const earlier = pipelineRun(whole, { run_id: 'p0', name: 'calm-heron', started_at: NOW - 120_000, ended_at: NOW });
  const newest = pipelineRun([step('train', 'succeeded')], { state: 'succeeded', ended_at: NOW });
  store.setPlan({ name: 'match-outcome', problem: null, runs: [earlier, newest], steps });
  const nodes = pipelineNodes(store, NOW);
  expect(drawn(nodes).slice(1)).toEqual([
    '  (pass) prepare 0:12 · 2 minutes ago',
    '  (pass) train 0:12',
    '  (circle-outline) report',
  ]);
  const [prepare] = nodes[0]?.children ?? [];
  expect(prepare?.subject).toEqual({ kind: 'step', name: 'prepare', runId: 'p0' });
  expect(tooltipOf(prepare)).toContain('calm\\-heron');
});

test('a wrong crisol.yaml is said above the steps of the last run', () => {
  const store = new PipelineModel();
  const failed = step('train', 'failed', { reason: 'exit code 1', seconds: 3, tail: 'ValueError: ```' });
  const last = pipelineRun([failed], { state: 'failed', ended_at: NOW });
  store.setPlan({ name: null, problem: 'crisol.yaml, line 24: unknown key', runs: [last], steps: [] });
  const nodes = pipelineNodes(store, NOW);
  expect(drawn(nodes)).toEqual([
    '(warning) crisol.yaml line 24: unknown key',
    '(error) match-outcome failed · just now',
    '  (error) train exit code 1 · 3.0 s',
  ]);
  expect(nodes[0]?.open).toEqual({ command: 'crisol.file.open', arguments: [24, 'crisol.yaml'] });
  store.setPlan({ name: null, problem: 'parts/a.crisol.yaml, line 3: unknown key', runs: [last], steps: [] });
  const [inPart] = pipelineNodes(store, NOW);
  expect(inPart).toMatchObject({ label: 'parts/a.crisol.yaml', open: { arguments: [3, 'parts/a.crisol.yaml'] } });
  expect(tooltipOf(nodes[1]?.children?.[0])).toContain('\n````text\nValueError: ```\n````\n');
});

test('variants stand below their step, which tells how many have ended', () => {
  const store = new PipelineModel();
  const variant = (name: string, state: WorkState, over: Partial<StepRun> = {}) =>
    step(name, state, { of: 'train', needs: ['split'], ...over });
  const steps = [
    step('split', 'succeeded', { seconds: 2 }),
    variant('train (1, linear)', 'succeeded', { cached: true, seconds: 0.01 }),
    variant('train (1, boosted)', 'failed', { reason: 'exit code 1', seconds: 9 }),
    variant('train (2, linear)', 'running'),
    variant('train (2, boosted)', 'pending', { waits_for: 'waits for 2 CPUs' }),
    step('report', 'pending', { needs: ['train (1, linear)', 'train (2, linear)'] }),
  ];
  const run = pipelineRun(steps);
  store.apply({ type: 'pipelines/run', topic: 'pipelines', run });
  const nodes = pipelineNodes(store, NOW + 4000);
  expect(drawn(nodes)).toEqual([
    '(sync~spin) match-outcome train 4/6',
    '  (pass) split 2.0 s',
    '  (sync~spin) train 2/4 · 1 failed · 9.0 s',
    '    (pass) 1, linear cached',
    '    (error) 1, boosted exit code 1 · 9.0 s',
    '    (sync~spin) 2, linear',
    '    (circle-outline) 2, boosted waits for 2 CPUs',
    '  (circle-outline) report waits for train',
  ]);
  expect(tooltipOf(nodes[0])).toContain('split → train \\(1, boosted\\) · 0:11');
  const [split, train, report] = nodes[0]?.children ?? [];
  expect([split, train, report].map((node) => tooltipOf(node).includes('Critical path'))).toEqual([true, true, false]);
  expect(tooltipOf(train)).toContain('2 of 4 have ended');
  expect(train?.spoken).toBe('Step train with 4 variants, running · 2/4 · 1 failed · 9.0 s');
  expect(train?.children?.[1]?.subject).toEqual({ kind: 'step', name: 'train (1, boosted)', of: 'train', runId: 'p1' });
});

test('a pipeline of hundreds of steps is drawn at once', () => {
  const store = new PipelineModel();
  const steps = Array.from({ length: 500 }, (_, at) =>
    step(`s${at}`, at < 250 ? 'succeeded' : 'pending', { needs: at > 0 ? [`s${at - 1}`] : [] }),
  );
  store.apply({ type: 'pipelines/run', topic: 'pipelines', run: pipelineRun(steps) });
  const spent = processorTime();
  expect(pipelineNodes(store, NOW)[0]?.children).toHaveLength(500);
  expect(spent()).toBeLessThan(100);
});

test('a folder without crisol.yaml has no pipeline, which is no problem, until one was run', () => {
  const store = new PipelineModel();
  const missing = { name: null, problem: 'There is no crisol.yaml in /liga.', steps: [] };
  store.setPlan({ ...missing, runs: [] });
  expect(pipelineNodes(store, NOW)).toEqual([]);
  store.setPlan({ ...missing, runs: [pipelineRun([step('train', 'succeeded')], { ended_at: NOW })] });
  expect(drawn(pipelineNodes(store, NOW))[0]).toBe('(warning) crisol.yaml There is no crisol.yaml in /liga.');
});
