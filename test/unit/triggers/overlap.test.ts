import { afterEach, describe, expect, it } from 'vitest';
import { CrisolError } from '../../../daemon/base/errors.ts';
import { Room } from './room.ts';

const NOW = '2026-11-20T12:00:00Z';
const HOUR = 3_600_000;
const hourly = (overlap: string) => `on: {schedule: [{name: hourly, cron: "@hourly", overlap: ${overlap}}]}`;

const rooms: Room[] = [];
const open = async (yaml: string) => {
  const room = await Room.open({ yaml, now: NOW });
  rooms.push(room);
  return room;
};
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.dispose();
});

describe('while the run before is still under way', () => {
  it('skip begins nothing, and says why', async () => {
    const room = await open(hourly('skip'));
    await room.pass(2 * HOUR);
    expect(room.begun()).toHaveLength(1);
    expect(room.firings('hourly')[0]).toMatchObject({
      state: 'skipped',
      reason: 'the run before is still under way',
    });
    room.runs.endAll();
    await room.pass(HOUR);
    expect(room.begun()).toHaveLength(2);
  });

  it('queue begins one after the other', async () => {
    const room = await open(hourly('queue'));
    await room.pass(3 * HOUR);
    expect(room.begun()).toHaveLength(1);
    expect(room.triggers.busy()).toBe(true);
    for (const count of [2, 3, 3]) {
      room.runs.endAll();
      await room.turns();
      expect(room.begun()).toHaveLength(count);
    }
    expect(room.triggers.busy()).toBe(false);
  });

  it('replace ends it and begins the new one', async () => {
    const room = await open(hourly('replace'));
    await room.pass(2 * HOUR);
    expect(room.runs.begun.map(({ run }) => run.state)).toEqual(['cancelled', 'running']);
    expect(room.firings('hourly').map(({ state, result }) => [state, result])).toEqual([
      ['running', null],
      ['ended', 'cancelled'],
    ]);
  });

  it('allow begins both', async () => {
    const room = await open(hourly('allow'));
    await room.pass(2 * HOUR);
    expect(room.runs.begun.map(({ run }) => run.state)).toEqual(['running', 'running']);
  });

  it('another trigger is not held up by it', async () => {
    const room = await open('on: {schedule: [{name: one, cron: "0 * * * *"}, {name: other, cron: "30 * * * *"}]}');
    await room.pass(HOUR);
    expect(room.runs.begun.map(({ wanted }) => wanted.cause.name)).toEqual(['other', 'one']);
  });
});

describe('while another run of the pipeline is under way', () => {
  it.each(['skip', 'queue', 'replace', 'allow'])('one with %s begins all the same', async (overlap) => {
    const room = await open(hourly(overlap));
    const own = room.runs.begin();
    await room.pass(HOUR);
    expect(room.firings('hourly')).toMatchObject([{ state: 'running', reason: '' }]);
    expect(room.runs.find(own.run_id)).toMatchObject({ state: 'running' });
  });
});

describe('whenever the daemon dies', () => {
  it('a run that waits is begun by the next one, once', async () => {
    const room = await open(hourly('queue'));
    await room.pass(2 * HOUR);
    expect(room.begun()).toHaveLength(1);
    room.kill();
    room.runs.endAll();
    for (let restart = 0; restart < 2; restart++) {
      await room.restart();
      expect(room.begun()).toHaveLength(2);
      room.kill();
    }
    await room.restart();
    room.runs.endAll();
    await room.turns();
    expect(room.firings('hourly')[0]).toMatchObject({ state: 'ended', result: 'succeeded' });
  });

  it('right after a run was begun, it is not begun again', async () => {
    const room = await open(hourly('skip'));
    const { runs } = room;
    const start = runs.start.bind(runs);
    // it dies when the run is there and nobody has been told of it
    runs.start = async (wanted) => {
      const run = await start(wanted);
      room.kill();
      await new Promise(() => {});
      return run;
    };
    await room.pass(HOUR);
    expect(room.begun()).toHaveLength(1);
    runs.start = start;
    await room.restart();
    expect(room.begun()).toHaveLength(1);
    expect(room.firings('hourly')).toMatchObject([{ state: 'running', run_id: 'run-1' }]);
  });

  it('a run that ended meanwhile is told as ended', async () => {
    const room = await open(hourly('skip'));
    await room.pass(HOUR);
    room.kill();
    room.runs.end('run-1', 'failed');
    await room.restart();
    expect(room.firings('hourly')[0]).toMatchObject({ state: 'ended', result: 'failed' });
  });

  it('at any of many instants, each due time has exactly one run', async () => {
    const room = await open('on: {schedule: [{name: often, cron: "*/5 * * * *", overlap: queue, catchup: all}]}');
    for (let death = 0; death < 12; death++) {
      await room.pass(((death * 137) % 900) * 1000, 60_000);
      if (death % 3 === 0) room.runs.endAll();
      await room.turns(death % 5);
      room.kill();
      await room.clock.advance(((death * 71) % 600) * 1000);
      await room.restart();
    }
    for (let left = 0; left < 60; left++) {
      room.runs.endAll();
      await room.turns();
    }
    const dues = room.runs.begun.map(({ wanted }) => Number(wanted.cause.key.split('@')[1]));
    const count = Math.floor((room.clock.now() - Date.parse(NOW)) / 300_000);
    expect(dues).toEqual(Array.from({ length: count }, (_, at) => Date.parse(NOW) + (at + 1) * 300_000));
  });
});

describe('a trigger that somebody asks for', () => {
  const MANUAL = `on:
  manual:
    retrain:
      description: Train again.
      steps: train
      inputs:
        train.lr: {type: number, default: 0.1}
        region: {type: choice, options: [eu, us], required: true}
    anything: {}
`;

  it('runs with what was given, and answers the run', async () => {
    const room = await open(MANUAL);
    const { firing, run, repeated } = await room.triggers.fire('retrain', {
      params: { region: 'eu', 'train.lr': 0.5 },
    });
    expect(firing).toMatchObject({ trigger: 'retrain', state: 'running' });
    expect(run).toMatchObject({ run_id: firing.run_id, cause: { kind: 'trigger', name: 'retrain' } });
    expect(repeated).toBe(false);
    expect(room.runs.begun[0]?.wanted).toMatchObject({
      steps: ['train'],
      params: { region: '"eu"', 'train.lr': '0.5' },
    });
  });

  it('takes texts as a command line has them', async () => {
    const room = await open(MANUAL);
    await room.triggers.fire('retrain', { params: { region: 'us', 'train.lr': '0.25' } });
    await room.triggers.fire('anything', { params: { 'train.lr': '1', 'train.tags': ['a'] } });
    const [first, second] = room.runs.begun.map(({ wanted }) => wanted.params);
    expect(first).toEqual({ region: '"us"', 'train.lr': '0.25' });
    expect(second).toEqual({ 'train.lr': '1', 'train.tags': '["a"]' });
  });

  it.each([
    [{}, '`region` is needed: give it as --param region=…'],
    [{ region: 'mars' }, '`region` takes one of `eu`, `us`, not `mars`.'],
    [{ region: 'eu', 'train.lr': 'much' }, '`train.lr` takes a number, not `much`.'],
    [{ reigon: 'eu' }, 'The trigger has no input `reigon`: did you mean `region`?'],
  ])('refuses %j', async (params, message) => {
    const room = await open(MANUAL);
    await expect(room.triggers.fire('retrain', { params })).rejects.toMatchObject({
      code: 'TRIGGER_INPUT_INVALID',
      message,
    });
    expect(room.begun()).toEqual([]);
  });

  it('runs once for a request that is sent again, also while it waits and after a restart', async () => {
    const room = await open(MANUAL);
    await room.triggers.fire('anything', {});
    const request = { params: { x: '1' }, idempotency_key: 'ci-17' };
    const answers = await Promise.all([
      room.triggers.fire('anything', request),
      room.triggers.fire('anything', request),
    ]);
    expect(answers.map(({ repeated, run }) => [repeated, run])).toEqual([
      [false, null],
      [true, null],
    ]);
    room.kill();
    room.runs.endAll();
    await room.restart();
    const again = await room.triggers.fire('anything', request);
    expect(again).toMatchObject({ repeated: true, run: { run_id: 'run-2' } });
    expect(room.begun()).toHaveLength(2);
    await expect(room.triggers.fire('anything', { ...request, params: { x: '2' } })).rejects.toMatchObject({
      code: 'TRIGGER_KEY_REUSED',
    });
  });

  it('says why its run did not begin', async () => {
    const room = await open(MANUAL);
    room.runs.refusal = new CrisolError('INVALID_PARAMETER_VALUE', 'There is no param "y"');
    await expect(room.triggers.fire('anything', { params: { y: '1' } })).rejects.toMatchObject({
      code: 'TRIGGER_NOT_RUN',
      message: 'The run did not begin: There is no param "y".',
    });
  });

  it('is refused while it is paused, and unknown by another name', async () => {
    const room = await open(MANUAL);
    await room.triggers.pause('anything');
    await expect(room.triggers.fire('anything', {})).rejects.toMatchObject({ code: 'TRIGGER_PAUSED' });
    await expect(room.triggers.fire('nothing', {})).rejects.toMatchObject({
      code: 'TRIGGER_UNKNOWN',
      message: 'There is no trigger "nothing"; there are: retrain, anything.',
    });
  });

  it('that is paused or taken out of the file begins no run that waited', async () => {
    const room = await open(MANUAL);
    for (let time = 0; time < 2; time++) {
      await room.triggers.fire('anything', {});
      await room.triggers.fire('retrain', { params: { region: 'eu' } });
    }
    const begun = room.begun();
    expect(begun).toHaveLength(2);
    await room.triggers.pause('anything');
    expect(room.firings('anything')).toContainEqual(
      expect.objectContaining({ state: 'skipped', reason: 'the trigger was paused' }),
    );
    await room.configure('on: {manual: {anything: {}}}');
    room.runs.endAll();
    await room.turns();
    expect(room.begun()).toEqual(begun);
  });
});

describe('a drift trigger', () => {
  const YAML = 'on: {drift: [{monitor: outcome, cooldown: 6h}]}';

  it('runs when a monitor comes to find drift, not as long as it goes on', async () => {
    const room = await open(YAML);
    room.drift.emit({ monitor: 'other', state: 'drift', about: 'm/1' });
    room.drift.emit({ monitor: 'outcome', state: 'ok', about: 'm/1' });
    await room.turns();
    expect(room.begun()).toEqual([]);
    room.drift.emit({ monitor: 'outcome', state: 'drift', about: 'm/1' });
    room.drift.emit({ monitor: 'outcome', state: 'drift', about: 'm/1' });
    await room.turns();
    expect(room.begun()).toHaveLength(1);
    room.runs.endAll();
    // the next daemon's monitor finds it, too
    room.kill();
    await room.restart();
    room.drift.emit({ monitor: 'outcome', state: 'drift', about: 'm/1' });
    await room.pass(24 * HOUR, HOUR);
    expect(room.begun()).toHaveLength(1);
  });

  it('waits for its cooldown, and then runs if the drift is still there', async () => {
    const room = await open(YAML);
    room.drift.emit({ monitor: 'outcome', state: 'drift', about: 'm/1' });
    await room.turns();
    room.runs.endAll();
    await room.pass(HOUR);
    room.drift.emit({ monitor: 'outcome', state: 'drift', about: 'm/2' });
    await room.pass(4 * HOUR, HOUR);
    expect(room.begun()).toHaveLength(1);
    await room.pass(HOUR);
    expect(room.begun()).toHaveLength(2);
    expect(room.clock.waiting).toBe(0);
  });
});
