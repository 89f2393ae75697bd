import { describe, expect, it } from 'vitest';
import { triggerNodes } from '../../../../extension/views/trigger-nodes.ts';
import { TriggersModel } from '../../../../extension/views/triggers-model.ts';
import type { Firing, TriggerSummary } from '../../../../schemas/wire/triggers.ts';
import { drawn, NOW } from './some.ts';

const trigger = (some: Partial<TriggerSummary>): TriggerSummary => ({
  name: 'nightly',
  kind: 'schedule',
  when: 'every day 03:00',
  state: 'active',
  reason: '',
  next_at: null,
  timezone: null,
  last: null,
  description: '',
  inputs: null,
  ...some,
});

const firing = (some: Partial<Firing>): Firing => ({
  id: 'f1',
  trigger: 'nightly',
  state: 'ended',
  at: NOW - 7_200_000,
  due_at: null,
  count: 1,
  run_id: 'r1',
  result: 'succeeded',
  reason: '',
  ...some,
});

describe('the triggers of crisol.yaml', () => {
  it('are below the steps, with what comes, what runs and what went wrong', () => {
    const triggers = [
      trigger({ next_at: NOW + 3 * 3_600_000, timezone: 'Europe/Madrid', last: firing({}) }),
      trigger({ name: 'late', last: firing({ state: 'missed', count: 3, run_id: null, result: null }) }),
      trigger({ name: 'data-matches', kind: 'data', when: 'when matches changes', last: firing({ state: 'running' }) }),
      trigger({ name: 'drift-d', kind: 'drift', when: 'when d finds drift', state: 'paused' }),
      trigger({ name: 'retrain', kind: 'manual', when: 'when asked', last: firing({ result: 'failed' }) }),
      trigger({ name: 'odd', kind: 'data', state: 'problem', reason: 'there is no dataset x' }),
    ];
    expect(drawn(triggerNodes(triggers, NOW))).toEqual([
      '(zap) Triggers 1 with a problem · next in 3 hours',
      '  (watch) nightly in 3 hours · every day 03:00',
      '  (watch) late missed 3 times 2 hours ago · every day 03:00',
      '  (sync~spin) data-matches running · when matches changes',
      '  (debug-pause) drift-d paused · when d finds drift',
      '  (play-circle) retrain failed 2 hours ago · when asked',
      '  (warning) odd problem · there is no dataset x',
    ]);
  });

  it('of a folder that came from elsewhere say that they are held, and how to let them act', () => {
    const [group] = triggerNodes([trigger({ state: 'held', next_at: NOW + 60_000 })], NOW);
    expect([group?.description, group?.context]).toEqual(['held · 1', 'triggers.held']);
    expect(group?.tooltip).toContain('crisol.triggers.allow');
    expect(group?.children?.[0]).toMatchObject({ description: 'held · every day 03:00', context: 'trigger.held' });
  });

  it('have no row where there are none', () => {
    expect(triggerNodes([], NOW)).toEqual([]);
  });
});

describe('what is known of triggers', () => {
  const all = () => model.triggers.map(({ name, state, last }) => [name, state, last?.id]);
  const model = new TriggersModel();

  it('follows what the daemon tells, in the order of the file', () => {
    model.apply({ type: 'triggers/snapshot', topic: 'triggers', triggers: [trigger({}), trigger({ name: 'b' })] });
    model.apply({ type: 'triggers/trigger', topic: 'triggers', trigger: trigger({ name: 'b', state: 'paused' }) });
    model.apply({ type: 'triggers/firing', topic: 'triggers', firing: firing({ id: 'f2' }) });
    model.apply({ type: 'triggers/firing', topic: 'triggers', firing: firing({ id: 'f1', at: 5 }) });
    expect(all()).toEqual([
      ['nightly', 'active', 'f2'],
      ['b', 'paused', undefined],
    ]);
    model.apply({ type: 'triggers/list', topic: 'triggers', triggers: [trigger({ name: 'c' })] });
    expect(all()).toEqual([['c', 'active', undefined]]);
  });
});
