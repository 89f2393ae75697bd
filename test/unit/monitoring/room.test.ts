import { afterEach, describe, expect, test } from 'vitest';
import { CrisolError } from '../../../daemon/base/errors.ts';
import type { MonitoringEvent } from '../../../daemon/monitoring/index.ts';
import { waitFor } from '../../support/wait-for.ts';
import { CONFIG, Room, reference, requests } from './room.ts';

const rooms: Room[] = [];
const open = (...args: ConstructorParameters<typeof Room>): Room => {
  const room = new Room(...args);
  rooms.push(room);
  return room;
};
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.dispose();
});

describe('a monitor', () => {
  test('waits until there are enough requests, and says how many it needs', async () => {
    const room = open();
    expect(room.monitoring.summaries()).toMatchObject([
      { state: 'waiting', sentence: 'Waiting for requests: 0 of 100 needed', at: null },
    ]);
    room.ask(requests(12));
    expect(await room.reportAfter(200)).toMatchObject({
      state: 'waiting',
      sentence: 'Waiting for requests: 12 of 100 needed',
      column_reports: [],
    });
  });

  test('is fine while the requests are like the training data', async () => {
    const room = open();
    room.ask(requests(200));
    expect(await room.reportAfter(200)).toMatchObject({
      name: 'outcome-drift',
      endpoint: 'match-outcome',
      model: 'match-outcome',
      version: 1,
      state: 'ok',
      sentence: 'No drift in 3 columns over the last 200 requests',
      drifted: [],
      columns: 3,
      rows: 200,
      share: 0,
    });
  });

  test('speaks of the requests in its report, not of those that came since', async () => {
    const room = open();
    room.ask(requests(150));
    await room.reportAfter(200);
    room.ask(requests(20));
    expect(room.monitoring.summaries()).toMatchObject([
      { rows: 150, sentence: 'No drift in 3 columns over the last 150 requests' },
    ]);
  });

  test('finds drift, names the column and tells tree and panel', async () => {
    const room = open();
    const events: MonitoringEvent[] = [];
    room.monitoring.events.on((event) => void events.push(event));
    room.ask(requests(200, { shift: 0.5 }));
    const report = await room.reportAfter(200);
    expect(report).toMatchObject({
      state: 'drift',
      sentence: '1 of 3 columns drifted in the last 200 requests; most: form',
      drifted: [{ name: 'form', test: 'ks', threshold: 0.1 }],
      share: 1 / 3,
    });
    expect(report.column_reports[0]).toMatchObject({ name: 'form', state: 'drift' });
    expect(report.history).toMatchObject([{ share: 1 / 3, effects: { form: expect.closeTo(0.5, 1) } }]);
    expect(events.map(({ type }) => type)).toEqual(['monitoring/monitor', 'monitor/report']);
    expect(room.monitoring.report('outcome-drift')).toEqual(report);
  });

  test('looks at the newest requests only: drift goes once it has left the window', async () => {
    const room = open();
    room.ask(requests(200, { shift: 0.5 }));
    expect((await room.reportAfter(200)).state).toBe('drift');
    room.ask(requests(200, { seed: 2 }));
    expect(await room.reportAfter(1000)).toMatchObject({ state: 'ok', rows: 200 });
  });

  test('makes at most one report in the time of `every`, and none without new requests', async () => {
    const room = open();
    room.ask(requests(200));
    await room.reportAfter(200);
    for (let k = 0; k < 5; k++) {
      room.ask(requests(20, { seed: k }));
      await room.clock.advance(100);
    }
    expect(room.reports).toHaveLength(1);
    await room.reportAfter(600);
    expect(room.reports).toHaveLength(2);
    await room.clock.advance(60_000);
    expect(room.reports).toHaveLength(2);
    expect(room.clock.waiting).toBe(0);
  });

  test('gives the first report soon even if it reports seldom', async () => {
    const room = open({ configs: [{ ...CONFIG, everyMs: 30_000 }] });
    room.ask(requests(50));
    expect((await room.reportAfter(200)).state).toBe('waiting');
    room.ask(requests(150));
    expect((await room.reportAfter(1000)).state).toBe('ok');
    room.ask(requests(10));
    await room.clock.advance(29_000);
    expect(room.reports).toHaveLength(2);
  });

  test('looks at the columns it is asked for', async () => {
    const room = open({ configs: [{ ...CONFIG, columns: ['league', 'nobody'] }] });
    room.ask(requests(200, { shift: 0.5 }));
    const { column_reports, state } = await room.reportAfter(200);
    expect(state).toBe('ok');
    expect(column_reports.map(({ name, note }) => [name, note])).toEqual([
      ['league', ''],
      ['nobody', 'not in the reference'],
    ]);
  });

  test('with PSI as its test compares PSI with the threshold', async () => {
    const room = open({ configs: [{ ...CONFIG, test: 'psi' }] });
    room.ask(requests(200, { shift: 0.5 }));
    const { column_reports } = await room.reportAfter(200);
    expect(column_reports[0]).toMatchObject({ name: 'form', test: 'psi', effect_name: 'PSI', p_value: null });
    expect(column_reports[0]?.effect).toBe(column_reports[0]?.psi);
  });
});

describe('when another version serves', () => {
  test('the window starts anew and its own training data is what it is compared with', async () => {
    const room = open();
    room.references.set(2, reference(2, 0.5));
    room.ask(requests(200, { shift: 0.5 }));
    expect((await room.reportAfter(200)).state).toBe('drift');
    room.monitoring.versionServed('match-outcome', 'match-outcome', 2);
    expect(room.monitoring.report('outcome-drift')).toMatchObject({
      state: 'waiting',
      version: 2,
      rows: 0,
      drifted: [],
    });
    await room.clock.advance(10);
    room.ask(requests(200, { shift: 0.5, seed: 3 }), { version: 2 });
    expect(await room.reportAfter(1000)).toMatchObject({ state: 'ok', version: 2, rows: 200 });
  });

  test('a late answer of the version before changes nothing', async () => {
    const room = open();
    room.references.set(2, reference(2));
    const before = room.clock.now();
    await room.clock.advance(50);
    room.ask(requests(150), { version: 2 });
    room.ask(requests(10), { version: 1, at: before });
    expect(await room.reportAfter(200)).toMatchObject({ version: 2, rows: 150 });
  });

  test('its reference is read and sorted once', async () => {
    const room = open({ configs: [CONFIG, { ...CONFIG, name: 'second', last: 100 }] });
    room.ask(requests(200));
    await room.reportAfter(200);
    room.ask(requests(200));
    await room.reportAfter(1000);
    expect(room.readReferences).toBe(1);
  });

  test('a version without training data is a plain failure', async () => {
    const room = open();
    room.ask(requests(200), { version: 7 });
    expect(await room.reportAfter(200)).toMatchObject({
      state: 'failed',
      sentence: 'match-outcome version 7 has no reference data to compare with',
    });
  });

  test('a reference that cannot be read is tried again with the next requests', async () => {
    const room = open();
    room.references.set(1, new Error('the disk is gone'));
    room.ask(requests(200));
    expect(await room.reportAfter(200)).toMatchObject({
      state: 'failed',
      sentence: 'The report could not be made: the disk is gone',
    });
    expect(room.warnings).toEqual(['monitor outcome-drift']);
    room.references.set(1, reference(1));
    room.ask(requests(1));
    expect((await room.reportAfter(1000)).state).toBe('ok');
  });
});

describe('the predictions log', () => {
  test('brings window, version and history back after a restart', async () => {
    const room = open();
    room.ask(requests(200, { shift: 0.5 }));
    const before = await room.reportAfter(200);
    await room.restart();
    expect(room.monitoring.summaries()).toMatchObject([{ state: 'waiting', rows: 200 }]);
    const after = await room.reportAfter(200);
    expect(after.column_reports).toEqual(before.column_reports);
    // the same requests were looked at again: no new report
    expect([after.at, after.history]).toEqual([before.at, before.history]);
  });

  test('brings back the requests of the newest version only', async () => {
    const room = open();
    room.ask(requests(150));
    await room.clock.advance(10);
    room.ask(requests(30), { version: 2 });
    await room.restart();
    expect(room.monitoring.report('outcome-drift')).toMatchObject({ version: 2, rows: 30 });
  });

  test('is bounded for each endpoint', async () => {
    const room = open({ keepRows: 300 });
    for (let k = 0; k < 20; k++) room.ask(requests(50, { seed: k }));
    room.ask(requests(10), { endpoint: 'other' });
    await waitFor(() => room.rowsInLog('other') === 10);
    expect(room.rowsInLog()).toBe(300);
  });

  test('shrinks bit by bit when it is far over its bound', async () => {
    const room = open({ keepRows: 5000 });
    for (let k = 0; k < 40; k++) room.ask(requests(100, { seed: k }));
    await waitFor(() => room.rowsInLog() === 4000);
    const small = open({ keepRows: 100 });
    small.store.db.exec(`ATTACH '${room.workspace.path('predictions.db').replaceAll("'", "''")}' AS big`);
    small.store.db.exec('INSERT INTO predictions SELECT * FROM big.predictions');
    small.ask(requests(100));
    await waitFor(() => small.rowsInLog() < 4000);
    expect(small.rowsInLog()).toBe(4100 - 300);
  });

  test('that cannot be written leaves the monitor at work and warns', async () => {
    const room = open();
    room.store.db.exec('DROP TABLE predictions');
    room.ask(requests(200));
    expect((await room.reportAfter(200)).state).toBe('ok');
    expect(room.warnings).toEqual(['200 predictions of match-outcome were not kept']);
  });
});

describe('the configuration', () => {
  test('adds, changes and removes monitors; an unchanged one keeps its report', async () => {
    const room = open();
    room.ask(requests(200, { shift: 0.5 }));
    const report = await room.reportAfter(200);
    const removed: string[] = [];
    room.monitoring.events.on((event) => {
      if (event.type === 'monitoring/monitor-removed') removed.push(event.name);
    });
    room.configs = [{ ...CONFIG }, { ...CONFIG, name: 'lenient', threshold: 0.9 }];
    room.monitoring.configChanged();
    expect(room.monitoring.report('outcome-drift')).toEqual(report);
    expect(await room.reportAfter(200)).toMatchObject({ name: 'lenient', state: 'ok', rows: 200 });
    room.configs = [];
    room.monitoring.configChanged();
    expect(room.monitoring.summaries()).toEqual([]);
    expect(removed).toEqual(['outcome-drift', 'lenient']);
  });

  test('an unknown name is refused with its code', () => {
    const room = open();
    expect(() => room.monitoring.report('nobody')).toThrow(CrisolError);
  });
});
