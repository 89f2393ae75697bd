import { describe, expect, test } from 'vitest';
import { driftPanel } from '../../../extension/panels/drift.ts';
import type { ToDriftPanel } from '../../../schemas/panels/drift.ts';
import { report } from '../../contract/webviews/recorded.ts';
import { Desk } from './desk.ts';

const topic = 'monitor:outcome-drift';
const { column_reports: _, history: __, ...summary } = report();

function sit() {
  const desk = new Desk<ToDriftPanel>();
  return { desk, talk: driftPanel.converse({ name: 'outcome-drift' }, desk, desk.ports, desk) };
}

describe('the conversation about a monitor', () => {
  test('says nothing before it knows both the monitor and its report', () => {
    const { desk, talk } = sit();
    talk.tellAll();
    desk.publish(topic, { type: 'monitor/snapshot', topic, report: null });
    expect(desk.types()).not.toContain('drift/state');
    desk.publish('monitoring', { type: 'monitoring/snapshot', topic: 'monitoring', monitors: [summary] });
    expect(desk.posted.at(-1)).toEqual({ type: 'drift/state', monitor: summary, report: null });
  });

  test('passes on each new report, and everything to a panel that stands up again', () => {
    const { desk, talk } = sit();
    desk.publish('monitoring', { type: 'monitoring/snapshot', topic: 'monitoring', monitors: [summary] });
    desk.publish(topic, { type: 'monitor/snapshot', topic, report: null });
    desk.publish(topic, { type: 'monitor/report', topic, report: report() });
    const complete = { type: 'drift/state', monitor: summary, report: report() };
    expect(desk.posted.at(-1)).toEqual(complete);
    talk.tellAll();
    expect(desk.posted.at(-1)).toEqual(complete);
  });

  test('a monitor that was removed from crisol.yaml is gone', () => {
    const { desk } = sit();
    desk.publish(topic, { type: 'monitor/snapshot', topic, report: null });
    desk.publish('monitoring', { type: 'monitoring/snapshot', topic: 'monitoring', monitors: [] });
    expect(desk.posted.at(-1)).toEqual({ type: 'drift/state', monitor: null, report: null });
  });

  test('leads to the threshold and to the endpoint, and leaves nothing behind', () => {
    const { desk, talk } = sit();
    talk.receive({ type: 'drift/open-threshold' });
    talk.receive({ type: 'drift/open-endpoint', name: 'match-outcome' });
    expect(desk.done).toEqual(['open at 12', 'endpoint match-outcome']);
    talk.dispose();
    expect(desk.listeners).toBe(0);
  });
});
