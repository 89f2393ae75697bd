import { afterEach, describe, expect, it } from 'vitest';
import { Room } from './room.ts';

const NIGHTLY = 'on: {schedule: [{name: nightly, cron: "0 3 * * *", timezone: Europe/Madrid}]}';
const NOW = '2026-11-20T12:00:00Z';
const HOUR = 3_600_000;

const rooms: Room[] = [];
const open = async (yaml: string, now = NOW, options?: { agreed: boolean }) => {
  const room = await Room.open({ yaml, now }, options);
  rooms.push(room);
  return room;
};
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.dispose();
});

describe('a schedule', () => {
  it('begins a run when its time has come by the clock of its zone, once a day', async () => {
    const room = await open(NIGHTLY);
    await room.passUntil('2026-11-21T01:59:00Z');
    expect(room.begun()).toEqual([]);
    await room.pass(60_000);
    expect(room.begun()).toEqual(['nightly 2026-11-21T02:00:00.000Z']);
    room.runs.endAll();
    await room.passUntil('2026-11-22T12:00:00Z');
    expect(room.begun()).toHaveLength(2);
    expect(room.runs.begun[0]?.wanted.cause).toMatchObject({ kind: 'schedule', name: 'nightly' });
  });

  it('tells when it runs next, and how the last run went', async () => {
    const room = await open(NIGHTLY);
    const [before] = room.triggers.list().triggers;
    expect(before).toMatchObject({
      name: 'nightly',
      kind: 'schedule',
      when: 'every day 03:00',
      state: 'active',
      next_at: Date.parse('2026-11-21T02:00:00Z'),
      timezone: 'Europe/Madrid',
      last: null,
    });
    await room.passUntil('2026-11-21T02:00:00Z');
    expect(room.triggers.list().triggers[0]?.last).toMatchObject({ state: 'running', run_id: 'run-1', result: null });
    room.runs.end('run-1', 'failed');
    await room.turns();
    expect(room.triggers.list().triggers[0]?.last).toMatchObject({ state: 'ended', result: 'failed' });
  });

  it('runs the steps that it names, with its params', async () => {
    const room = await open('on: {schedule: [{cron: "@hourly", steps: [train], params: {train.lr: 0.1, tag: "1"}}]}');
    await room.pass(HOUR);
    expect(room.runs.begun[0]?.wanted).toMatchObject({ steps: ['train'], params: { 'train.lr': '0.1', tag: '"1"' } });
    expect(room.runs.begun[0]?.wanted.cause.name).toBe('schedule-1');
  });

  it('leaves no timer when nothing is scheduled, and never more than one', async () => {
    const room = await open('steps: {}');
    expect(room.clock.waiting).toBe(0);
    await room.configure('on: {schedule: [{cron: "0 3 1 1 *"}, {cron: "0 4 * * *"}]}');
    expect(room.clock.waiting).toBe(1);
    await room.configure('steps: {}');
    expect(room.clock.waiting).toBe(0);
  });

  it('that cannot begin its run says so, and comes again the next time', async () => {
    const { CrisolError } = await import('../../../daemon/base/errors.ts');
    const room = await open('on: {schedule: [{cron: "@hourly"}]}');
    room.runs.refusal = new CrisolError('PIPELINE_FILE_INVALID', 'crisol.yaml, line 3: no.');
    await room.pass(HOUR);
    expect(room.firings('schedule-1')).toMatchObject([{ state: 'failed', reason: 'crisol.yaml, line 3: no.' }]);
    room.runs.refusal = null;
    await room.pass(HOUR);
    expect(room.begun()).toHaveLength(1);
  });
});

describe('what was missed', () => {
  it('while no daemon was there is made up for by one run, and said', async () => {
    const room = await open(NIGHTLY);
    room.kill();
    await room.clock.advance(70 * HOUR);
    await room.restart();
    expect(room.begun()).toEqual(['nightly 2026-11-23T10:00:00.000Z']);
    expect(room.firings('nightly')).toMatchObject([
      { state: 'running', reason: 'makes up for Mon 23 Nov 2026, 03:00' },
      {
        state: 'missed',
        count: 2,
        reason: '2 times were missed, the last one Sun 22 Nov 2026, 03:00; one run makes up for them',
      },
    ]);
    expect(room.warnings).toEqual(['a schedule was missed: no daemon was there, or the machine slept']);
  });

  it.each([
    ['none', 0],
    ['one', 1],
    ['all', 3],
  ])('with catchup %s begins %i runs, one after the other', async (catchup, count) => {
    const room = await open(`on: {schedule: [{name: nightly, cron: "0 3 * * *", catchup: ${catchup}}]}`);
    room.kill();
    await room.clock.advance(70 * HOUR);
    await room.restart();
    for (let ended = 0; ended < 5; ended++) {
      expect(room.runs.begun.filter(({ run }) => run.ended_at === null).length).toBeLessThanOrEqual(1);
      room.runs.endAll();
      await room.turns();
    }
    expect(room.begun()).toHaveLength(count);
    const dues = room.runs.begun.map(({ wanted }) => wanted.cause.key);
    expect(new Set(dues).size).toBe(count);
  });

  it('while the machine slept is noticed by who uses the daemon, or after an hour awake', async () => {
    const room = await open(NIGHTLY);
    await room.passUntil('2026-11-20T22:30:00Z');
    // asleep: the clock goes on, timers do not
    room.setClock('2026-11-21T08:00:00Z');
    room.triggers.noticed();
    await room.turns();
    expect(room.begun()).toEqual(['nightly 2026-11-21T08:00:00.000Z']);
    expect(room.firings('nightly')[0]?.reason).toBe('makes up for Sat 21 Nov 2026, 03:00');
  });

  it('of a schedule that was not there then is nothing', async () => {
    const room = await open('steps: {}');
    await room.pass(48 * HOUR);
    await room.configure(NIGHTLY);
    expect(room.begun()).toEqual([]);
    // it is taken away for a day, and while nobody is there changed to another time
    await room.configure('steps: {}');
    await room.pass(24 * HOUR);
    await room.configure(NIGHTLY);
    expect(room.begun()).toEqual([]);
    room.kill();
    room.yaml = 'steps: {}';
    await room.restart();
    await room.pass(24 * HOUR);
    room.kill();
    room.yaml = NIGHTLY;
    await room.restart();
    expect(room.begun()).toEqual([]);
  });

  it('before crisol.yaml was broken is not forgotten', async () => {
    const room = await open(NIGHTLY);
    room.kill();
    [room.yaml, room.problem] = ['steps: {}', 'crisol.yaml, line 2: no.'];
    await room.clock.advance(24 * HOUR);
    await room.restart();
    room.problem = null;
    await room.configure(NIGHTLY);
    expect(room.begun()).toEqual(['nightly 2026-11-21T12:00:00.000Z']);
  });
});

describe('a clock that is set', () => {
  it('back runs nothing twice', async () => {
    const room = await open(NIGHTLY);
    await room.passUntil('2026-11-21T02:00:00Z');
    room.runs.endAll();
    await room.turns();
    room.setClock('2026-11-21T01:30:00Z');
    await room.restartSoftly();
    await room.pass(2 * HOUR);
    expect(room.begun()).toHaveLength(1);
    await room.passUntil('2026-11-22T02:00:00Z');
    expect(room.begun()).toHaveLength(2);
  });

  it('far ahead by mistake, and back, keeps no schedule from running', async () => {
    const room = await open(NIGHTLY);
    room.setClock('2031-01-01T00:00:00Z');
    room.triggers.noticed();
    await room.turns();
    room.runs.endAll();
    room.setClock('2026-11-20T12:01:00Z');
    await room.restartSoftly();
    expect(room.begun()).toHaveLength(1);
    await room.passUntil('2026-11-21T02:00:00Z');
    expect(room.begun()).toHaveLength(2);
  });

  it.each([
    ['2027-03-27', ['2027-03-28T01:00', '2027-03-29T00:30']],
    ['2027-10-30', ['2027-10-31T00:30', '2027-11-01T01:30']],
  ])('to or from summer time runs once each night, from %s on', async (day, begun) => {
    const yaml = 'on: {schedule: [{cron: "30 2 * * *", timezone: Europe/Madrid, overlap: allow}]}';
    const room = await open(yaml, `${day}T12:00:00Z`);
    await room.pass(48 * HOUR);
    expect(room.begun()).toEqual(begun.map((time) => `schedule-1 ${time}:00.000Z`));
  });
});

describe('in a folder where the user has run nothing yet', () => {
  it('nothing begins by itself, and it says so', async () => {
    const room = await open(NIGHTLY, NOW, { agreed: false });
    await room.pass(48 * HOUR);
    expect(room.begun()).toEqual([]);
    expect(room.triggers.list().triggers[0]).toMatchObject({ state: 'held', next_at: null });
    expect(room.triggers.list().triggers[0]?.reason).toMatch(/once you have run something in this folder/);
    await room.triggers.consent();
    await room.turns();
    expect(room.triggers.list().triggers[0]).toMatchObject({ state: 'active' });
    // what was due before is not made up for
    expect(room.begun()).toEqual([]);
    await room.pass(24 * HOUR);
    expect(room.begun()).toHaveLength(1);
  });

  it('a run of theirs is enough', async () => {
    const room = await open(NIGHTLY, NOW, { agreed: false });
    const run = room.runs.begin();
    await room.turns();
    room.runs.end(run.run_id);
    expect(room.triggers.list().triggers[0]).toMatchObject({ state: 'active' });
  });

  it('nothing begins because a store says so that was made elsewhere', async () => {
    const room = await open(NIGHTLY.replace('{name', '{overlap: queue, name'));
    await room.passUntil('2026-11-22T02:00:00Z');
    expect(room.firings('nightly')).toMatchObject([{ state: 'waiting' }, { state: 'running' }]);
    room.kill();
    room.seal = (...words) => `of another place ${JSON.stringify(words)}`;
    room.runs.endAll();
    await room.clock.advance(48 * HOUR);
    await room.restart();
    expect(room.begun()).toHaveLength(1);
    expect(room.firings('nightly')).toMatchObject([{ state: 'failed' }, { state: 'failed' }]);
    expect(room.triggers.list().triggers[0]).toMatchObject({ state: 'held' });
  });
});

describe('a paused trigger', () => {
  it('does nothing by itself, also after a restart; what was due meanwhile is passed over', async () => {
    const room = await open(NIGHTLY);
    await room.triggers.pause('nightly');
    await room.pass(48 * HOUR);
    room.kill();
    await room.restart();
    await room.pass(24 * HOUR);
    expect(room.begun()).toEqual([]);
    expect(room.triggers.list().triggers[0]).toMatchObject({ state: 'paused', next_at: null });
    await room.triggers.resume('nightly');
    await room.turns();
    expect(room.begun()).toEqual([]);
    await room.pass(24 * HOUR);
    expect(room.begun()).toHaveLength(1);
  });

  it('runs when a person asks for it', async () => {
    const room = await open(NIGHTLY);
    await room.triggers.pause('nightly');
    await room.triggers.fire('nightly', {});
    expect(room.runs.begun[0]?.wanted.cause).toMatchObject({ kind: 'trigger', name: 'nightly' });
  });
});

it('a schedule that is due within a day keeps the daemon, one that is due later does not', async () => {
  const room = await open(NIGHTLY);
  expect(room.triggers.due()).toEqual(['nightly runs Sat 21 Nov 2026, 03:00']);
  await room.triggers.pause('nightly');
  expect(room.triggers.due()).toEqual([]);
  await room.configure('on: {schedule: [{cron: "0 0 1 * *"}]}');
  expect(room.triggers.due()).toEqual([]);
});
