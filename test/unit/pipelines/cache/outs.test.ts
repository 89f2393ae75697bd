import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PlannedStep } from '../../../../schemas/language/model.ts';
import type { CacheRoom } from './room.ts';
import { openCache, train } from './room.ts';

let room: CacheRoom;
beforeAll(() => {
  room = openCache();
});
beforeEach(() => room.begin());
afterAll(() => room.close());

const step = (changes: Partial<PlannedStep>): PlannedStep => ({ ...train, ...changes });
const stateOf = async (...args: Parameters<CacheRoom['state']>) => {
  const { state, reason } = await room.state(...args);
  return `${state}: ${reason}`;
};

describe('a step whose outs are not as they were', () => {
  beforeEach(() => room.run(train));

  it('C4: is restored when one was deleted', async () => {
    rmSync(room.workspace.path('build'), { recursive: true });
    expect(await stateOf(train)).toBe('restorable: build/model was deleted');
    await room.restore(train);
    expect(room.workspace.read('build/model')).toBe('a model of build/model');
    expect(await stateOf(train)).toBe('up to date: nothing changed');
  });

  it('C5: is restored when one was changed by hand, and what the hand made is set aside', async () => {
    room.workspace.write('metrics.json', 'edited');
    expect(await stateOf(train)).toBe('restorable: metrics.json was changed by hand');
    await room.restore(train);
    expect(room.workspace.read('metrics.json')).toBe('a model of metrics.json');
    expect(room.workspace.read(`${room.aside()}/metrics.json`)).toBe('edited');
  });

  it('C5: is restored when one was replaced by a link, and nothing is written to where it leads', async () => {
    room.workspace.write('elsewhere', 'a model of metrics.json');
    rmSync(room.workspace.path('metrics.json'));
    symlinkSync(room.workspace.path('elsewhere'), room.workspace.path('metrics.json'));
    expect(await stateOf(train)).toBe('restorable: metrics.json was replaced by a link');
    await room.restore(train);
    room.workspace.write('metrics.json', 'its own');
    expect(room.workspace.read('elsewhere')).toBe('a model of metrics.json');
  });

  it('C4: runs when the cache does not hold them any more', async () => {
    const objects = room.workspace.path('.crisol', 'cache', 'objects');
    for (const name of readdirSync(objects)) rmSync(join(objects, name), { recursive: true });
    rmSync(room.workspace.path('metrics.json'));
    expect(await stateOf(train)).toBe('changed: metrics.json was deleted, and the cache does not hold what it gave');
  });
});

describe('any earlier result', () => {
  it('C4, C7: is restored when its key comes back, with what changed since and with its metrics', async () => {
    room.metrics.set('run-1', { f1: 0.6, loss: Number.NaN });
    await room.run(train, () => room.write(train, 'first'));
    await room.run(train, () => room.write(train, 'second'), { l2: 100 });
    expect(await stateOf(train)).toBe('restorable: params.l2: 100 → 1');
    const result = await room.restore(train);
    expect(room.workspace.read('build/model')).toBe('first of build/model');
    expect(result).toMatchObject({ runId: 'run-1', metrics: { f1: 0.6, loss: Number.NaN } });
    expect(await stateOf(train)).toBe('up to date: nothing changed');
    expect(await stateOf(train, { l2: 100 })).toBe('restorable: params.l2: 1 → 100');
  });

  it('C4: is found by a step of another name', async () => {
    await room.run(train);
    rmSync(room.workspace.path('metrics.json'));
    expect(await stateOf(step({ name: 'fit' }))).toBe('restorable: no earlier result');
  });

  it('C3: of one key two may be known; the one that is there counts, else the newest', async () => {
    await room.run(train, () => room.write(train, 'first'));
    await room.run(train, () => room.write(train, 'second'));
    room.write(train, 'first');
    expect((await room.state(train)).result?.runId).toBe('run-1');
    rmSync(room.workspace.path('metrics.json'));
    expect((await room.state(train)).result?.runId).toBe('run-2');
  });
});

describe('a result is not kept', () => {
  it('C1: when an out was not written, which is a failure of the step', async () => {
    const recorded = await room.run(train, () => room.workspace.write('build/model', 'x'));
    expect(recorded).toMatchObject({
      kind: 'outs missing',
      paths: ['metrics.json'],
      reason: 'it did not write metrics.json, which is among its outs',
    });
    expect(await stateOf(train)).toBe('changed: no earlier result');
  });

  it('C2: when a dep changed while it ran', async () => {
    const recorded = await room.run(train, () => {
      room.write(train);
      room.workspace.write('data.csv', 'other');
    });
    expect(recorded).toEqual({
      kind: 'not kept',
      reason: 'its result is not kept, since this changed while it ran: data.csv: changed (8 bytes → 5 bytes)',
    });
    expect(await stateOf(train)).toBe('changed: no earlier result');
  });

  it('C2: when a param that it may have read from its file changed while it ran', async () => {
    const parts = await room.cache.partsFor(train, { l2: 1 });
    room.write(train);
    const recorded = await room.cache.record(train, parts, { l2: 2 }, { runId: 'r', seconds: 1 });
    expect(recorded).toMatchObject({ kind: 'not kept', reason: expect.stringContaining('params.l2: 1 → 2') });
  });

  it('C1: of a step that did not end well, whose outs are set aside', async () => {
    await room.cache.makeRoom(train, 'aside-before');
    room.workspace.write('build/model', 'half');
    await room.cache.abandon(train, room.aside());
    expect(room.workspace.has('build/model')).toBe(false);
    expect(room.workspace.read(`${room.aside()}/build/model`)).toBe('half');
  });
});

describe('a pipe in place of an out', () => {
  const PIPE = /^metrics\.json is a pipe, a socket or a device/;
  const makePipe = (path = 'metrics.json') => {
    rmSync(room.workspace.path(path), { force: true, recursive: true });
    execFileSync('mkfifo', [room.workspace.path(path)]);
  };

  it('C1: is a failure of the step that made it, whose outs are set aside', async () => {
    const recorded = await room.run(train, () => {
      room.write(train);
      makePipe();
    });
    expect(recorded).toMatchObject({
      kind: 'outs missing',
      paths: ['metrics.json'],
      reason: expect.stringMatching(PIPE),
    });
    await room.cache.abandon(train, room.aside());
    expect(existsSync(room.workspace.path('metrics.json'))).toBe(false);
  });

  it('C5: leaves the way before the step runs', async () => {
    makePipe();
    expect(await stateOf(train)).toBe('changed: no earlier result');
    await room.run(train);
    expect(await stateOf(train)).toBe('up to date: nothing changed');
  });

  it('C4, C5: leaves the way when the out is restored', async () => {
    await room.run(train);
    makePipe();
    expect(await stateOf(train)).toMatch(/^restorable: metrics\.json is a pipe/);
    await room.restore(train);
    expect(await stateOf(train)).toBe('up to date: nothing changed');
  });

  it('C5: leaves the way within a folder that is an out', async () => {
    const folder = step({ writes: ['model'] });
    mkdirSync(room.workspace.path('model'));
    makePipe('model/pipe');
    await room.run(folder, () => {
      mkdirSync(room.workspace.path('model'));
      room.workspace.write('model/weights', 'w');
    });
    expect(await stateOf(folder)).toBe('up to date: nothing changed');
  });
});

describe('before a step runs', () => {
  it('C5: its outs leave the way: those that the cache holds are removed, others set aside', async () => {
    await room.run(train);
    room.workspace.write('metrics.json', 'by hand');
    await room.cache.makeRoom(train, 'aside');
    expect(['build/model', 'metrics.json', 'aside/build/model'].map((path) => room.workspace.has(path))).toEqual([
      false,
      false,
      false,
    ]);
    expect(room.workspace.read('aside/metrics.json')).toBe('by hand');
  });

  it('the folders that its outs lie in are made, with the modes that the user is used to', async () => {
    const deep = step({ writes: ['a/b/c/d.txt'] });
    const umask = process.umask(0o077);
    try {
      room.workspace.write('a/mine', '');
      await room.cache.makeRoom(deep, 'aside');
    } finally {
      process.umask(umask);
    }
    const modes = ['a', 'a/b', 'a/b/c'].map((path) => statSync(room.workspace.path(path)).mode & 0o777);
    expect(modes).toEqual([0o700, 0o755, 0o755]);
    writeFileSync(room.workspace.path('a/b/c/d.txt'), '');
  });
});

it('an out that is a folder is kept and restored with all that is in it', async () => {
  const folder = step({ writes: ['model'] });
  await room.run(folder, () => {
    mkdirSync(room.workspace.path('model'));
    room.workspace.write('model/weights', 'w');
    room.workspace.write('model/deep/config', 'c');
  });
  room.workspace.write('model/deep/config', 'other');
  expect(await stateOf(folder)).toBe('restorable: model was changed by hand');
  await room.restore(folder);
  expect(room.workspace.read('model/deep/config')).toBe('c');
});
