import { describe, expect, test } from 'vitest';
import { pipelinePanel } from '../../../extension/panels/pipeline.ts';
import type { ToPipelinePanel } from '../../../schemas/panels/pipeline.ts';
import { pipelineRun, step } from '../extension/views/some.ts';
import { Desk, settle } from './desk.ts';

const topic = 'pipelines';
const steps = [
  { name: 'split', needs: [] },
  { name: 'train', needs: ['split'] },
];
const run = pipelineRun([step('split', 'running'), step('train', 'pending')]);
const later = pipelineRun([step('split', 'succeeded'), step('train', 'running')]);
const plan = { name: 'match-outcome', problem: null, steps };

function sit() {
  const desk = new Desk<ToPipelinePanel>();
  desk.overview = { ...plan, runs: [run] };
  const talk = pipelinePanel.converse({ of: 'workspace' }, desk, desk.ports, desk);
  return { desk, talk };
}

describe('the conversation about the pipeline', () => {
  test('tells the plan with its runs once the daemon has said both, and again to a panel that stands up', async () => {
    const { desk, talk } = sit();
    talk.tellAll();
    expect(desk.types()).not.toContain('pipeline/all');
    desk.publish(topic, { type: 'pipelines/snapshot', topic, runs: [run] });
    await settle();
    const all = { type: 'pipeline/all', plan, runs: [run] };
    expect(desk.posted.at(-1)).toEqual(all);
    talk.tellAll();
    expect(desk.posted.at(-1)).toEqual(all);
  });

  test('gathers what happens within a moment, and tells the newest of it', async () => {
    const { desk } = sit();
    desk.publish(topic, { type: 'pipelines/snapshot', topic, runs: [run] });
    await settle();
    const told = desk.posted.length;
    desk.publish(topic, { type: 'pipelines/run', topic, run });
    desk.publish(topic, { type: 'pipelines/run', topic, run: later });
    expect(desk.posted).toHaveLength(told);
    desk.clock.advance(50);
    expect(desk.posted.slice(told)).toEqual([{ type: 'pipeline/runs', runs: [later] }]);
  });

  test('keeps what was heard while it asked, which is newer than the answer', async () => {
    const { desk } = sit();
    desk.publish(topic, { type: 'pipelines/snapshot', topic, runs: [] });
    desk.publish(topic, { type: 'pipelines/run', topic, run: later });
    await settle();
    expect(desk.posted.at(-1)).toEqual({ type: 'pipeline/all', plan, runs: [later] });
  });

  test('asks again when crisol.yaml changes, and leads to what is wrong in it', async () => {
    const { desk, talk } = sit();
    desk.publish(topic, { type: 'pipelines/snapshot', topic, runs: [] });
    await settle();
    desk.overview = { name: null, problem: 'crisol.yaml, line 3: unknown key', steps: [], runs: [] };
    desk.publish(topic, { type: 'pipelines/plan-changed', topic });
    await settle();
    expect(desk.posted.at(-1)).toMatchObject({ plan: { problem: 'crisol.yaml, line 3: unknown key' }, runs: [run] });
    talk.receive({ type: 'pipeline/open-file' });
    expect(desk.done).toEqual(['open file crisol.yaml at 3']);
  });

  test('does what it is asked, and says what could not be done', async () => {
    const { desk, talk } = sit();
    talk.receive({ type: 'pipeline/start', step: 'train', onward: true });
    talk.receive({ type: 'pipeline/start', step: null, onward: false });
    talk.receive({ type: 'pipeline/why', step: 'train' });
    talk.receive({ type: 'pipeline/open-step', step: 'train' });
    talk.receive({ type: 'pipeline/open-file' });
    talk.receive({ type: 'pipeline/open-path', path: 'build/model' });
    talk.receive({ type: 'pipeline/open-log', run_id: 'p1', step: 'train' });
    talk.receive({ type: 'pipeline/open-run', run_id: 'p1' });
    talk.receive({ type: 'pipeline/cancel', run_id: 'p1' });
    talk.receive({ type: 'pipeline/cancel', run_id: 'gone' });
    talk.receive({ type: 'pipeline/cancel-step', run_id: 'p1', step: 'train' });
    await settle();
    expect(desk.done).toEqual([
      'start train and onward',
      'start null',
      'why train',
      'open step train',
      'open file',
      'open path build/model',
      'open log of train',
      'run p1',
      'cancel p1',
      'cancel gone',
      'cancel train of p1',
    ]);
    expect(desk.posted.at(-1)).toMatchObject({ problem: { error_code: 'RESOURCE_DOES_NOT_EXIST' } });
  });

  test('says it when the daemon does not answer, and listens to nobody once it is over', async () => {
    const { desk, talk } = sit();
    desk.overview = null;
    desk.publish(topic, { type: 'pipelines/snapshot', topic, runs: [run] });
    await settle();
    expect(desk.posted.at(-1)).toMatchObject({ type: 'problem', problem: { hint: 'Look again.' } });
    talk.dispose();
    expect(desk.listeners).toBe(0);
  });
});
