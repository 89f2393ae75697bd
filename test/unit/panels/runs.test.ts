import { describe, expect, test } from 'vitest';
import { runsPanel } from '../../../extension/panels/runs.ts';
import type { ToRunsPanel } from '../../../schemas/panels/runs.ts';
import type { MetricPoint } from '../../../schemas/wire/tracking.ts';
import { pipeline, run, series } from '../../contract/webviews/recorded.ts';
import { Desk, settle } from './desk.ts';

const one = run('a', {}, [series('loss', 2, () => 1)]);
const detail = one.run ?? expect.fail('a recorded run has its detail');
const topic = `run:${one.run_id}` as const;

function sit(run_id = one.run_id) {
  const desk = new Desk<ToRunsPanel>();
  return { desk, talk: runsPanel.converse({ run_id }, desk, desk.ports, desk) };
}

describe('the conversation about runs', () => {
  test('a panel that stands up is told everything, again and again', async () => {
    const { desk, talk } = sit();
    desk.publish(topic, { type: 'run/snapshot', topic, run: one.run, series: one.series });
    desk.posted.length = 0;
    talk.tellAll();
    talk.tellAll();
    const complete = { type: 'runs/all', run: one, pipeline: null };
    expect(desk.posted.filter(({ type }) => type === 'runs/all')).toEqual([complete, complete]);
    expect(desk.done).toContain('title brave-otter');
  });

  test('a thousand points a second come in a few messages, and none is missing', async () => {
    const { desk } = sit();
    desk.publish(topic, { type: 'run/snapshot', topic, run: one.run, series: [] });
    for (let step = 0; step < 1000; step++) {
      const point: MetricPoint = [step, step, step];
      desk.publish(topic, {
        type: 'run/points',
        topic,
        run_id: one.run_id,
        series: [{ key: 'loss', points: [point] }],
      });
      await desk.clock.advance(1);
    }
    await desk.clock.advance(100);
    const batches = desk.posted.filter((message) => message.type === 'runs/points');
    expect(batches.length).toBeLessThanOrEqual(21);
    const points = batches.flatMap(({ series: all }) => all.flatMap((two) => two.points));
    expect(points.map(([step]) => step)).toEqual(Array.from({ length: 1000 }, (_, at) => at));
  });

  test('points that came while the panel was hidden are in what it is told next', async () => {
    const { desk, talk } = sit();
    desk.publish(topic, { type: 'run/snapshot', topic, run: one.run, series: [] });
    desk.standing = false;
    desk.publish(topic, {
      type: 'run/points',
      topic,
      run_id: one.run_id,
      series: [{ key: 'f1', points: [[0, 0, 0.5]] }],
    });
    await desk.clock.advance(100);
    desk.standing = true;
    talk.tellAll();
    const told = desk.posted.findLast((message) => message.type === 'runs/all');
    expect(told?.run.series).toEqual([{ key: 'f1', total: 1, points: [[0, 0, 0.5]] }]);
  });

  test('a run that is gone is known to be gone', () => {
    const { desk } = sit();
    desk.publish(topic, { type: 'run/snapshot', topic, run: null, series: [] });
    expect(desk.posted.at(-1)).toMatchObject({ type: 'runs/run', run: { run: null, known: true } });
  });

  test('a run that is deleted is gone at once, and is here again as soon as it is restored', async () => {
    const { desk, talk } = sit();
    desk.publish(topic, { type: 'run/snapshot', topic, run: one.run, series: one.series });
    desk.publish('tracking', { type: 'tracking/run-removed', topic: 'tracking', run_id: 'another' });
    expect(desk.posted.at(-1)).toMatchObject({ run: { run: one.run } });
    desk.publish('tracking', { type: 'tracking/run-removed', topic: 'tracking', run_id: one.run_id });
    expect(desk.posted.at(-1)).toMatchObject({ type: 'runs/run', run: { run: null, known: true, deleted: true } });
    talk.receive({ type: 'runs/restore' });
    expect(desk.done).toContain(`restore ${one.run_id}`);
    desk.asked.length = 0;
    desk.publish('tracking', { type: 'tracking/run', topic: 'tracking', run: detail });
    expect(desk.asked).toEqual([topic]);
    desk.publish('tracking', { type: 'tracking/run', topic: 'tracking', run: detail });
    desk.publish(topic, { type: 'run/snapshot', topic, run: one.run, series: one.series });
    expect(desk.posted.at(-1)).toEqual({ type: 'runs/run', run: one });
    desk.asked.length = 0;
    desk.publish('tracking', { type: 'tracking/run', topic: 'tracking', run: detail });
    expect(desk.asked).toEqual([]);
  });

  test('it goes and comes back with its experiment, and says what that is called now', () => {
    const { desk } = sit();
    desk.publish(topic, { type: 'run/snapshot', topic, run: one.run, series: one.series });
    const { experiment_id } = detail;
    const renamed = { experiment_id, name: 'liga-2', run_count: 1, updated_at: 0 };
    desk.publish('tracking', { type: 'tracking/experiment', topic: 'tracking', experiment: renamed });
    expect(desk.posted.at(-1)).toMatchObject({ type: 'runs/detail', run: { experiment_name: 'liga-2' } });
    const told = desk.posted.length;
    desk.publish('tracking', { type: 'tracking/experiment', topic: 'tracking', experiment: renamed });
    expect(desk.posted.length).toBe(told);
    desk.publish('tracking', { type: 'tracking/experiment-removed', topic: 'tracking', experiment_id });
    expect(desk.posted.at(-1)).toMatchObject({ run: { run: null, deleted: true } });
    desk.asked.length = 0;
    desk.publish('tracking', { type: 'tracking/experiment', topic: 'tracking', experiment: renamed });
    expect(desk.asked).toEqual([topic]);
  });

  test('the steps of a pipeline come with its run; a plain run has none and no error', async () => {
    const { desk, talk } = sit();
    await settle();
    desk.publish('pipelines', { type: 'pipelines/run', topic: 'pipelines', run: { ...pipeline, run_id: 'other' } });
    desk.publish('pipelines', { type: 'pipelines/run', topic: 'pipelines', run: pipeline });
    expect(desk.types()).toEqual(['runs/pipeline']);
    talk.receive({ type: 'runs/read-log', step: 'train', place: { offset: 8, attempt: 1 } });
    await settle();
    expect(desk.posted.at(-1)).toMatchObject({ type: 'runs/log', step: 'train', log: { offset: 8 }, isAnswer: true });
  });

  test('words in an output are looked for, and a line that was found is shown among others', async () => {
    const { desk, talk } = sit();
    await settle();
    const search = { words: 'loss', direction: 'forward', from: 5 } as const;
    desk.findings.push({ attempt: 1, bytes: 1000, line: 500, next: null });
    talk.receive({ type: 'runs/search-log', step: 'train', id: 3, search });
    await settle();
    expect(desk.done).toContain(`search train for ${JSON.stringify(search)}`);
    const finding = { attempt: 1, bytes: 1000, line: 500, next: null };
    expect(desk.posted.at(-1)).toEqual({ type: 'runs/log-finding', step: 'train', id: 3, finding });
    talk.receive({ type: 'runs/read-log', step: 'train', place: { offset: 500, attempt: 1 }, to: 'found' });
    await settle();
    const moved = { type: 'runs/log-moved', step: 'train', to: 'found', log: { offset: 500 }, before: { attempt: 1 } };
    expect(desk.posted.at(-1)).toMatchObject(moved);
    desk.posted.length = 0;
    talk.receive({ type: 'runs/search-log', step: 'train', id: 4, search });
    await settle();
    expect(desk.posted[0]).toEqual({ type: 'runs/log-finding', step: 'train', id: 4, finding: null });
    expect(desk.types()).toContain('problem');
  });

  test('what a step prints is followed while it is looked at', async () => {
    const { desk, talk } = sit();
    await settle();
    const topic = `log:${detail.run_id}/train` as const;
    const log = { attempt: 1, offset: 0, text: 'a', next_offset: 1, bytes: 1, ended: false };
    const say = () => desk.publish(topic, { type: 'log/part', topic, log });
    talk.receive({ type: 'runs/follow-log', step: 'train' });
    talk.receive({ type: 'runs/follow-log', step: 'train' });
    desk.posted.length = 0;
    say();
    expect(desk.posted).toEqual([{ type: 'runs/log', step: 'train', log }]);
    talk.receive({ type: 'runs/leave-log', step: 'train' });
    say();
    expect(desk.posted).toHaveLength(1);
    talk.receive({ type: 'runs/follow-log', step: 'train' });
    talk.tellAll();
    say();
    expect(desk.types()).not.toContain('runs/log-failed');
    expect(desk.posted.filter(({ type }) => type === 'runs/log')).toHaveLength(1);
  });

  test('turns to the output of a step, once the page stands', async () => {
    const { desk, talk } = sit();
    await settle();
    talk.turnTo?.('train');
    talk.tellAll();
    expect(desk.types().filter((type) => type === 'runs/show-log')).toHaveLength(1);
  });

  test('does what is asked: open, save, copy', () => {
    const { desk, talk } = sit();
    talk.receive({ type: 'runs/save', name: 'x.csv', text: 'a,b' });
    talk.receive({ type: 'copy', text: 'a', what: 'the id' });
    expect(desk.done).toEqual(['save x.csv: a,b', 'copy the id: a']);
  });

  test('says when the daemon is away, why it failed, and when it is back', () => {
    const { desk } = sit();
    desk.connection({ kind: 'reconnecting' });
    expect(desk.posted).toEqual([
      { type: 'connection', connection: 'away' },
      { type: 'problem', problem: null },
    ]);
  });

  test('leaves nothing behind', async () => {
    const { desk, talk } = sit('a');
    desk.publish('run:a', {
      type: 'run/points',
      topic: 'run:a',
      run_id: 'a',
      series: [{ key: 'k', points: [[0, 0, 0]] }],
    });
    talk.dispose();
    expect([desk.listeners, desk.clock.waiting]).toEqual([0, 0]);
  });
});

test('a reloaded window is trusted only with what a panel can have kept', () => {
  expect(runsPanel.subjectFrom({ run_id: 'a' })).toEqual({ run_id: 'a' });
  for (const kept of [null, undefined, 'a', {}, { run_id: 1 }, { run_ids: ['a'] }]) {
    expect(runsPanel.subjectFrom(kept)).toBeNull();
  }
});
