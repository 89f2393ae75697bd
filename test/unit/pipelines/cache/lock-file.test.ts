import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PlannedStep } from '../../../../schemas/language/model.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';
import type { CacheRoom } from './room.ts';
import { openCache, train } from './room.ts';

const prepare: PlannedStep = { ...train, name: 'prepare', reads: ['data.csv'], writes: ['clean.csv'], params: [] };
const all = [prepare, train, ...['evaluate', 'report'].map((name) => ({ ...prepare, name, writes: [`${name}.txt`] }))];

let room: CacheRoom;
const others: CacheRoom[] = [];
beforeAll(() => {
  room = openCache();
});
beforeEach(() => room.begin());
afterEach(async () => {
  for (const one of others.splice(0)) await one.close();
});
afterAll(() => room.close());

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
    cwd: room.workspace.folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
const lock = () => room.workspace.read('crisol.lock');
const runAll = async () => {
  for (const step of all) await room.run(step);
  await room.cache.writeLock();
};
/** Somebody else's copy of what git knows, and of the outs. */
const clone = (): CacheRoom => {
  const workspace = new TempWorkspace({ copyOf: room.workspace.folder });
  for (const name of readdirSync(workspace.path('.crisol')))
    rmSync(workspace.path('.crisol', name), { recursive: true });
  const other = openCache({ workspace });
  others.push(other);
  return other;
};

describe('C8: crisol.lock', () => {
  beforeEach(runAll);

  it('tells in a fresh clone that a step is up to date, if its outs are there', async () => {
    room.metrics.set('run-5', { f1: 0.61 });
    await room.run(train);
    await room.cache.writeLock();
    const other = clone();
    expect(await other.state(train)).toMatchObject({ state: 'up to date', result: { metrics: { f1: 0.61 } } });
    // from then on they can be brought back
    await other.restore(train);
    rmSync(other.workspace.path('build/model'));
    expect(await other.state(train)).toMatchObject({ state: 'restorable', reason: 'build/model was deleted' });
    const result = await other.restore(train);
    expect([other.workspace.read('build/model'), result.metrics]).toEqual(['a model of build/model', { f1: 0.61 }]);
  });

  it('tells in a fresh clone what changed since', async () => {
    const other = clone();
    other.workspace.write('data.csv', 'a,b\n');
    const changed = { ...train, work: { kind: 'run', command: 'python src/fit.py' } } as const;
    expect(await other.state(changed, { l2: 100 })).toMatchObject({
      state: 'changed',
      reason: 'the command changed; data.csv: changed (8 bytes → 4 bytes); params.l2: 1 → 100',
    });
  });

  it('says that outs are not there, when git has not brought them', async () => {
    const other = clone();
    rmSync(other.workspace.path('metrics.json'));
    expect(await other.state(train)).toMatchObject({
      state: 'changed',
      reason: 'metrics.json was deleted, and the cache does not hold what it gave',
    });
  });

  it('is for whoever shares the folder, with the modes that it has', async () => {
    expect(statSync(room.workspace.path('crisol.lock')).mode & 0o777).toBe(0o644);
    expect(readdirSync(room.workspace.folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('is written only when it says something else', async () => {
    const { ino } = statSync(room.workspace.path('crisol.lock'));
    await room.restore(train);
    await room.run(train);
    await room.cache.tidy(all);
    expect(statSync(room.workspace.path('crisol.lock')).ino).toBe(ino);
  });

  it('forgets steps that there are no longer, at the end of a run', async () => {
    await room.cache.tidy(all.filter(({ name }) => name !== 'report'));
    expect(lock()).not.toContain('report');
    expect(lock()).toContain('evaluate');
  });

  it('changes in git by the lines of what changed', async () => {
    git('init', '--quiet');
    git('add', 'crisol.lock');
    git('commit', '--quiet', '--message=one');
    await room.run(train, undefined, { l2: 100 });
    await room.cache.writeLock();
    const changed = git('diff', '--unified=0')
      .split('\n')
      .filter((line) => /^[+-] /.test(line));
    expect(changed.map((line) => line.trim().replace(/[0-9a-f]{64}/, 'DIGEST'))).toEqual([
      '-    key: DIGEST',
      '+    key: DIGEST',
      '-      l2: 1',
      '+      l2: 100',
    ]);
  });

  it.each([
    ['evaluate', 'prepare'],
    ['prepare', 'report'],
    ['report', 'train'],
  ])('merges in git when one branch ran %s and the other %s', async (one, other) => {
    const step = (name: string): PlannedStep => {
      const known = all.find((candidate) => candidate.name === name) ?? train;
      return { ...known, work: { kind: 'run', command: 'another' }, env: { NEW: '1' } };
    };
    git('init', '--quiet', '--initial-branch=trunk');
    git('add', 'crisol.lock');
    git('commit', '--quiet', '--message=one');
    git('checkout', '--quiet', '-b', 'other');
    await room.run(step(other));
    await room.cache.writeLock();
    git('commit', '--quiet', '--all', '--message=other');
    git('checkout', '--quiet', 'trunk');
    await room.run(step(one));
    await room.cache.writeLock();
    git('commit', '--quiet', '--all', '--message=one');
    git('merge', '--quiet', 'other');
    for (const name of [one, other]) expect(await room.state(step(name))).toMatchObject({ state: 'up to date' });
    const fresh = clone();
    for (const name of [one, other]) expect(await fresh.state(step(name))).toMatchObject({ state: 'up to date' });
  });

  it('in conflict is not written, both sides of it are believed, and what was to be noted is, once it is resolved', async () => {
    const [ours, theirs] = [lock(), lock().replaceAll(/key: [0-9a-f]{64}/g, `key: ${'0'.repeat(64)}`)];
    const conflict = `<<<<<<< HEAD\n${theirs}=======\n${ours}>>>>>>> other\n`;
    room.workspace.write('crisol.lock', conflict);
    expect(room.cache.lockProblem).toMatch(/both sides of a git merge \(line 1\): keep one of them/);
    expect(await clone().state(train)).toMatchObject({ state: 'up to date' });
    await room.run(train, undefined, { l2: 7 });
    await room.cache.writeLock();
    expect(lock()).toBe(conflict);
    room.workspace.write('crisol.lock', ours);
    await room.cache.writeLock();
    expect([room.cache.lockProblem, lock().includes('l2: 7')]).toEqual([null, true]);
  });

  it('C9: goes with .gitignore, also of two runs at once', async () => {
    git('init', '--quiet');
    room.workspace.write('crisol.lock', '');
    await room.run(train, undefined, { l2: 7 });
    const run = async () => [await room.cache.ignoreOuts(all), await room.cache.tidy(all)];
    expect((await Promise.all([run(), run()])).flat()).toEqual([null, null, null, null]);
    expect(lock()).toContain('l2: 7');
    expect(room.workspace.read('.gitignore')).toContain('\n/build/model\n/clean.csv\n');
  });

  it('that cannot be written is told, and ends no run', async () => {
    rmSync(room.workspace.path('crisol.lock'));
    mkdirSync(room.workspace.path('crisol.lock'));
    await room.run(train, undefined, { l2: 7 });
    expect(await room.cache.tidy(all)).toMatch(/^crisol.lock cannot be read \(.*\): mend that, and run again/);
  });

  it('that is a link is not written, and nothing is where it leads', async () => {
    renameSync(room.workspace.path('crisol.lock'), room.workspace.path('elsewhere'));
    symlinkSync('elsewhere', room.workspace.path('crisol.lock'));
    await room.run(train, undefined, { l2: 7 });
    await room.cache.writeLock();
    expect(room.cache.lockProblem).toMatch(/^crisol.lock is a link: put the file itself in its place/);
    expect(room.workspace.read('elsewhere')).not.toContain('l2: 7');
  });
});

it('C8: no step, no file', async () => {
  await room.cache.tidy([]);
  expect(room.workspace.has('crisol.lock')).toBe(false);
});

it('C8: keys and passwords among params are not in crisol.lock', async () => {
  const params = {
    l2: { api_key: '9f86d081884c7d659a2f', rate: 1, key: 'ghp_0123456789abcdefghijklmnopqrstuvwxyzAB' },
  };
  await room.run(train, undefined, params);
  await room.cache.writeLock();
  expect(lock()).toContain('rate: 1');
  expect(lock()).not.toMatch(/9f86d|ghp_/);
  expect(await clone().state(train, params)).toMatchObject({ state: 'up to date' });
  const reason = 'params.l2.rate: 1 → 2';
  expect(await clone().state(train, { l2: { ...params.l2, rate: 2 } })).toMatchObject({ reason });
});
