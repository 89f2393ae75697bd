import { describe, expect, test } from 'vitest';
import { comparePanel } from '../../../extension/panels/compare/index.ts';
import type { ToComparePanel } from '../../../schemas/panels/compare.ts';
import { source } from '../../contract/webviews/compare-states.ts';
import { NOW, run, series } from '../../contract/webviews/recorded.ts';
import { Desk, settle } from './desk.ts';

const over = run('a', {}, [series('loss', 3, () => 1)]);
const running = run('b', { state: 'running', ended_at: null }, [series('loss', 2, () => 1)]);
const gone = 'c'.repeat(32);
const connected = { kind: 'connected' } as Desk<ToComparePanel>['state'];

async function sit(ids = [over.run_id, running.run_id, gone]) {
  const desk = new Desk<ToComparePanel>();
  desk.runs.set(over.run_id, over);
  desk.runs.set(running.run_id, running);
  desk.state = connected;
  const talk = comparePanel.converse({ run_ids: ids }, desk, desk.ports, desk);
  talk.tellAll();
  await settled(desk);
  return { desk, talk };
}

async function settled(desk: Desk<ToComparePanel>): Promise<void> {
  await settle();
  await desk.clock.advance(60);
  await settle();
}

function snapshot(desk: Desk<ToComparePanel>, { run, run_id, series } = running): void {
  desk.publish(`run:${run_id}`, { type: 'run/snapshot', topic: `run:${run_id}`, run, series });
}

function toldRuns(desk: Desk<ToComparePanel>) {
  return desk.posted.flatMap((message) => (message.type === 'compare/runs' ? message.runs : []));
}

describe('the conversation about a comparison', () => {
  test('reads what is over once, follows what goes on, and says what is gone', async () => {
    const { desk } = await sit();
    desk.posted.length = 0;
    const grown = { ...running, series: [series('loss', 9, () => 1)] };
    snapshot(desk, grown);
    await settled(desk);
    expect(toldRuns(desk)).toEqual([grown]);
    expect(desk.done).toEqual([`curves of 3 runs: {"points":2000,"details":true}`]);
    const { desk: again, talk } = await sit();
    again.posted.length = 0;
    talk.tellAll();
    expect(toldRuns(again).map(({ known, run }) => [known, run !== null])).toEqual([
      [true, true],
      [true, true],
      [true, false],
    ]);
  });

  test('asks for fewer points of each run the more runs there are', async () => {
    const others = Array.from({ length: 399 }, (_, at) => String(at).padStart(32, 'f'));
    const { desk } = await sit([over.run_id, ...others]);
    expect(desk.done).toHaveLength(16);
    expect(new Set(desk.done)).toEqual(new Set([`curves of 25 runs: {"points":100,"details":true}`]));
    expect(desk.posted.length).toBeLessThan(10);
  });

  test('tells points of a moment together, and nothing while nobody sees it', async () => {
    const { desk } = await sit();
    snapshot(desk);
    await settled(desk);
    desk.posted.length = 0;
    for (let step = 2; step < 5; step++) {
      const points: [number, number, number][] = [[step, NOW, step]];
      desk.publish(`run:${running.run_id}`, {
        type: 'run/points',
        topic: `run:${running.run_id}`,
        run_id: running.run_id,
        series: [{ key: 'loss', points }],
      });
    }
    await settled(desk);
    expect(desk.posted).toEqual([
      {
        type: 'compare/points',
        points: [
          {
            run_id: running.run_id,
            series: [
              {
                key: 'loss',
                points: [
                  [2, NOW, 2],
                  [3, NOW, 3],
                  [4, NOW, 4],
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  test('follows a run that was over and changes again, and hears of one that is deleted', async () => {
    const { desk } = await sit([over.run_id, running.run_id]);
    desk.posted.length = 0;
    const summary = over.run ?? running.run;
    if (!summary) return;
    desk.publish('tracking', { type: 'tracking/run', topic: 'tracking', run: summary });
    snapshot(desk, { ...over, series: [series('loss', 9, () => 1)] });
    desk.publish('tracking', { type: 'tracking/run-removed', topic: 'tracking', run_id: running.run_id });
    await settled(desk);
    const told = new Map(toldRuns(desk).map((one) => [one.run_id, one]));
    expect(told.get(over.run_id)?.series[0]?.points).toHaveLength(9);
    expect(told.get(running.run_id)).toMatchObject({ known: true, run: null });
  });

  test('reads what it missed when the daemon is back', async () => {
    const { desk } = await sit();
    desk.done.length = 0;
    desk.connection({ kind: 'reconnecting' });
    desk.connection(connected);
    await settled(desk);
    expect(desk.done).toEqual([`curves of 2 runs: {"points":2000,"details":true}`]);
  });

  test('looks closely at steps, and answers by the number of the question', async () => {
    const { desk, talk } = await sit();
    const parts = [{ run_id: over.run_id, from: 3, to: 9 }];
    talk.receive({ type: 'compare/look-closely', ask: 7, parts, keys: ['loss'], points: 500 });
    await settled(desk);
    expect(desk.done).toContain('metrics of a: {"points":500,"keys":["loss"],"from":3,"to":9}');
    expect(desk.posted.at(-1)).toEqual({
      type: 'compare/close-ups',
      ask: 7,
      parts: [{ run_id: over.run_id, from: 3, to: 9, series: over.series }],
    });
  });

  test('tells where runs come from, and lays them side by side', async () => {
    const { desk, talk } = await sit();
    desk.origin = source();
    talk.receive({ type: 'compare/trace', run_ids: [over.run_id] });
    await settled(desk);
    const origin = { run_id: over.run_id, source: source(), inputs: { datasets: [], model_ids: [] } };
    expect(desk.posted.at(-1)).toEqual({ type: 'compare/origin', origin });
    talk.receive({ type: 'compare/diff', aspect: 'code', base: over.run_id, other: gone });
    await settled(desk);
    talk.receive({ type: 'compare/save-picture', name: 'loss.png', base64: Buffer.from('four').toString('base64') });
    talk.receive({ type: 'compare/open', run_id: over.run_id });
    expect(desk.done.slice(-3)).toEqual([
      `diff code of brave-otter (${source().git?.commit}) and cccccccc`,
      'save loss.png: 4 bytes',
      `run ${over.run_id}`,
    ]);
  });

  test('leaves nobody listening when it ends', async () => {
    const { desk, talk } = await sit();
    talk.dispose();
    expect(desk.listeners).toBe(0);
  });
});

test('what a reloaded window kept is looked at before it is believed; the same runs are one panel in any order', () => {
  expect(comparePanel.subjectFrom({ run_ids: ['a', 'b'] })).toEqual({ run_ids: ['a', 'b'] });
  for (const kept of [null, 'a', {}, { run_ids: [] }, { run_ids: [1] }])
    expect(comparePanel.subjectFrom(kept)).toBeNull();
  expect(comparePanel.key({ run_ids: ['a', 'b'] })).toBe(comparePanel.key({ run_ids: ['b', 'a'] }));
});
