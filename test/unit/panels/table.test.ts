import { describe, expect, test } from 'vitest';
import type { RoomMessage } from '../../../extension/daemon/link.ts';
import { tablePanel } from '../../../extension/panels/table.ts';
import type { ToTablePanel } from '../../../schemas/panels/table.ts';
import type { RunSummary } from '../../../schemas/wire/tracking.ts';
import { NOW } from '../../contract/webviews/recorded.ts';
import { runId, tableExperiment, tablePage } from '../../contract/webviews/table-pages.ts';
import { Desk, settle } from './desk.ts';

async function sit() {
  const desk = new Desk<ToTablePanel>();
  desk.state = { kind: 'connected' } as typeof desk.state;
  desk.experiments = [tableExperiment];
  desk.pages.push(tablePage(0, 2, { next_page_token: 'more' }), tablePage(2, 3));
  const talk = tablePanel.converse({ experiment_id: '1' }, desk, desk.ports, desk);
  talk.tellAll();
  await settle();
  return { desk, talk };
}

function changed(at: number, experiment_id = '1'): { type: 'tracking/run'; topic: 'tracking'; run: RunSummary } {
  const facts = { name: '', user: '', started_at: NOW, ended_at: null, metrics: [] };
  return {
    type: 'tracking/run',
    topic: 'tracking',
    run: { run_id: runId(at), experiment_id, state: 'running', ...facts },
  };
}

describe('the conversation about a table', () => {
  test('tells all runs page by page, a small one first', async () => {
    const { desk } = await sit();
    const told = desk.types().filter((type) => type.startsWith('table/'));
    expect(told).toEqual(['table/experiment', 'table/begin', 'table/page', 'table/page', 'table/end']);
    expect(desk.done).toContain('title Runs of match-outcome');
    expect(desk.done).toContain('table of 1: {"limit":500}');
    expect(desk.done).toContain('table of 1: {"limit":5000,"page_token":"more"}');
  });

  test('tells of runs that change, many times a second, once in a while and whole', async () => {
    const { desk } = await sit();
    desk.posted.length = 0;
    desk.pages.push(tablePage(1, 3));
    for (let turn = 0; turn < 20; turn++) {
      desk.publish('tracking', changed(1));
      desk.publish('tracking', changed(2));
      desk.publish('tracking', changed(9, 'another'));
      await desk.clock.advance(20);
    }
    await desk.clock.advance(500);
    await settle();
    expect(desk.posted).toEqual([{ type: 'table/runs', page: tablePage(1, 3) }]);
    expect(desk.done.filter((line) => line.includes('run_ids'))).toEqual([
      `table of 1: ${JSON.stringify({ run_ids: [runId(1), runId(2)] })}`,
    ]);
  });

  test('reads the curves of what is seen in one go, and says nothing when it cannot', async () => {
    const { desk, talk } = await sit();
    desk.posted.length = 0;
    talk.receive({ type: 'table/curves', run_ids: [runId(0), runId(1)], keys: ['val/loss'] });
    await settle();
    expect(desk.types()).toEqual(['table/curves']);
    expect(desk.done).toContain('curves of 2 runs: {"points":40,"keys":["val/loss"]}');
    desk.posted.length = 0;
    desk.ports.api.runCurves = () => Promise.reject(new Error('the daemon is away'));
    talk.receive({ type: 'table/curves', run_ids: [runId(0)], keys: ['val/loss'] });
    await settle();
    expect(desk.posted).toEqual([]);
  });

  test('tells of runs that are deleted, or moved to another experiment', async () => {
    const { desk } = await sit();
    desk.posted.length = 0;
    desk.publish('tracking', { type: 'tracking/run-removed', topic: 'tracking', run_id: runId(0) });
    desk.publish('tracking', changed(2, 'another'));
    await desk.clock.advance(500);
    expect(desk.posted).toEqual([{ type: 'table/removed', run_ids: [runId(0), runId(2)] }]);
  });

  test('reads all again after events may have been missed, and not when another panel asks for a snapshot', async () => {
    const { desk } = await sit();
    const snapshot: RoomMessage = { type: 'tracking/snapshot', topic: 'tracking', experiments: [], runs: [] };
    desk.posted.length = 0;
    desk.publish('tracking', snapshot);
    await settle();
    expect(desk.types()).toEqual([]);
    desk.connection({ kind: 'reconnecting' });
    desk.connection({ kind: 'connected' } as typeof desk.state);
    desk.pages.push(tablePage(0, 4));
    desk.publish('tracking', snapshot);
    await settle();
    expect(desk.types()).toContain('table/end');
  });

  test('says what went wrong while it read, and that an experiment is gone', async () => {
    const { desk, talk } = await sit();
    desk.posted.length = 0;
    talk.tellAll();
    await settle();
    expect(desk.types()).toContain('problem');
    desk.publish('tracking', { type: 'tracking/experiment-removed', topic: 'tracking', experiment_id: '1' });
    expect(desk.posted.at(-1)).toEqual({ type: 'table/experiment', experiment: null });
  });

  test('begins again where the daemon went away while it read', async () => {
    const { desk, talk } = await sit();
    desk.connection({ kind: 'reconnecting' });
    talk.tellAll();
    await settle();
    desk.posted.length = 0;
    desk.pages.push(tablePage(0, 4));
    desk.connection({ kind: 'connected' } as typeof desk.state);
    await settle();
    expect(desk.types()).toContain('table/end');
  });

  test('opens, compares and saves, and stops listening when it is closed', async () => {
    const { desk, talk } = await sit();
    talk.receive({ type: 'table/open', run_id: 'a' });
    talk.receive({ type: 'table/compare', run_ids: ['a', 'b'] });
    talk.receive({ type: 'table/save', name: 'x.csv', text: 'run_id\r\n' });
    expect(desk.done.slice(-3)).toEqual(['run a', 'compare a b', 'save x.csv: run_id\r\n']);
    talk.dispose();
    expect(desk.listeners).toBe(0);
  });

  test('trusts no kept state that names no experiment', () => {
    expect(tablePanel.subjectFrom({ experiment_id: '1', more: 2 })).toEqual({ experiment_id: '1' });
    for (const kept of [null, {}, { experiment_id: 1 }, { experiment_id: '' }])
      expect(tablePanel.subjectFrom(kept)).toBeNull();
  });
});
