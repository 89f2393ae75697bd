import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PlannedStep } from '../../../../schemas/language/model.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';
import type { CacheRoom } from './room.ts';
import { openCache, python, train } from './room.ts';

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

describe('a step that has run', () => {
  beforeEach(() => room.run(train));

  it('C3: is up to date as long as nothing changes', async () => {
    expect(await stateOf(train)).toBe('up to date: nothing changed');
  });

  it.each([
    [
      'K1',
      { work: { kind: 'run', command: 'python src/fit.py' } },
      'the command: python src/train.py → python src/fit.py',
    ],
    ['K3', { reads: ['data.csv'] }, 'src is a dep no longer'],
    ['K6', { writes: ['build/model'] }, 'metrics.json is an out no longer'],
    ['K7', { env: { DEBUG: '1' } }, 'env.DEBUG is new: "1"'],
  ] as const)('%s: says what changed of the step itself', async (_, changes, words) => {
    expect(await stateOf(step(changes as Partial<PlannedStep>))).toBe(`changed: ${words}`);
  });

  it('K4: says which data changed', async () => {
    room.workspace.write('data.csv', 'a,b\n1,2\n3,4\n');
    expect(await stateOf(train)).toBe('changed: data.csv: changed (8 bytes → 12 bytes)');
  });

  it('K4: says which files of a folder changed', async () => {
    room.workspace.write('src/train.py', 'train(2)\n');
    room.workspace.write('src/new.py', '');
    rmSync(room.workspace.path('src/model.py'));
    expect(await stateOf(train)).toBe('changed: src/: 1 file changed, 1 added, 1 removed: model.py, new.py, train.py');
  });

  it('K4: sees what links lead to, named and within folders, also out of the workspace', async () => {
    const outside = new TempWorkspace({ files: { 'raw.csv': 'a,b\n1,2\n' } });
    try {
      symlinkSync(outside.folder, room.workspace.path('raw'));
      symlinkSync(outside.path('raw.csv'), room.workspace.path('src/raw.csv'));
      const linked = step({ reads: ['raw', 'src'] });
      await room.run(linked);
      expect(await stateOf(linked)).toBe('up to date: nothing changed');
      outside.write('raw.csv', 'a,b\n1,3\n');
      expect(await stateOf(linked)).toBe(
        'changed: raw: what it leads to: changed (1 file, 8 bytes); src: what its links lead to changed',
      );
    } finally {
      outside.dispose();
    }
  });

  it('K4: does not mind that a file was written anew with the same content', async () => {
    room.workspace.write('data.csv.new', 'a,b\n1,2\n');
    renameSync(room.workspace.path('data.csv.new'), room.workspace.path('data.csv'));
    expect(await stateOf(train)).toBe('up to date: nothing changed');
  });

  it('K5: says which param changed, and minds none that it does not name', async () => {
    expect(await stateOf(train, { l2: 100 })).toBe('changed: params.l2: 1 → 100');
    expect(await stateOf(train, { l2: 1, other: 3 })).toBe('up to date: nothing changed');
    expect(await stateOf(step({ params: [] }))).toBe('changed: params.l2 is gone (it was 1)');
  });

  it('K8: says that the interpreter is another', async () => {
    python(room.workspace, '3.12.1');
    expect(await stateOf(train)).toBe('changed: the interpreter: Python 3.11.4 → 3.12.1');
  });

  it('K8: asks a Python once for its version', async () => {
    await room.state(train);
    await room.state(train);
    expect(room.workspace.read('.crisol/asked')).toBe('asked\n');
  });

  it('K9: says which lock file is new, changed or gone', async () => {
    room.workspace.write('requirements.lock', 'a==1');
    expect(await stateOf(train)).toBe('changed: requirements.lock is new');
    await room.run(train);
    room.workspace.write('requirements.lock', 'a==2');
    expect(await stateOf(train)).toBe('changed: requirements.lock changed');
    rmSync(room.workspace.path('requirements.lock'));
    await room.run(step({ work: { kind: 'run', command: 'other' } }));
    expect(await stateOf(train)).toBe('up to date: nothing changed');
  });

  it('K9: minds no lock file that it writes itself, and none in other folders', async () => {
    const pins = step({ name: 'pins', writes: ['requirements.lock'], reads: [] });
    await room.run(pins);
    room.workspace.write('docs/requirements.txt', 'mkdocs');
    expect(await stateOf(pins)).toBe('up to date: nothing changed');
  });

  it.each([
    ['its name', { name: 'fit', of: 'fit' }],
    ['what it waits for', { needs: ['prepare'] }],
    ['its condition', { condition: 'always()' }],
    ['retries', { retry: { limit: 3, backoffMs: 1000, on: ['failure'] } }],
    ['its timeout', { timeoutMs: 1000 }],
    ['resources', { resources: { cpus: 4, memoryBytes: 1e9, gpus: 1 } }],
    ['how many run at once', { group: { maxParallel: 2, failFast: true } }],
    ['the order of deps and outs', { reads: ['src', 'data.csv'], writes: ['metrics.json', 'build/model'] }],
  ] as const)('K10: is up to date though %s changed', async (_, changes) => {
    expect(await stateOf(step(changes as Partial<PlannedStep>))).toBe('up to date: nothing changed');
  });
});

it('C3: a step that never ran says so', async () => {
  expect(await stateOf(train)).toBe('changed: no earlier result');
});

it('K7: a secret of the environment is kept by its name alone', async () => {
  const mark = '\u0001env:HUB_TOKEN\u0001';
  process.env.HUB_TOKEN = 'hunter2-of-the-hub';
  const secret = step({ env: { TOKEN: mark }, work: { kind: 'run', command: `push ${mark}` } });
  await room.run(secret);
  await room.cache.writeLock();
  await room.store.write(() => {}, { durable: true });
  for (const file of ['.crisol/store.db', '.crisol/store.db-wal', 'crisol.lock']) {
    expect(room.workspace.read(file)).not.toContain('hunter2');
  }
  process.env.HUB_TOKEN = 'another';
  expect(await stateOf(secret)).toBe('up to date: nothing changed');
  delete process.env.HUB_TOKEN;
});

describe('C6: a step without outs', () => {
  const checks = step({ name: 'checks', writes: [] });

  it('is up to date while its key is that of its own last success', async () => {
    expect(await stateOf(checks)).toBe('changed: no earlier result');
    await room.run(checks);
    expect(await stateOf(checks)).toBe('up to date: nothing changed');
    expect(await stateOf(step({ name: 'others', writes: [] }))).toBe('changed: no earlier result');
  });

  it('runs again when what it did before is asked for once more', async () => {
    await room.run(checks);
    await room.run(checks, () => {}, { l2: 2 });
    expect(await stateOf(checks)).toBe('changed: params.l2: 2 → 1');
  });

  it('and without deps runs each time', async () => {
    const always = step({ reads: [], writes: [] });
    await room.run(always);
    expect(await stateOf(always)).toBe('changed: it has neither deps nor outs, so that it runs each time');
  });
});

it('K2: a built-in step minds its version and its settings, and neither Python nor lock files', async () => {
  const builtIn = step({ work: { kind: 'uses', uses: 'train', with: { l2: 1 } } });
  await room.run(builtIn);
  python(room.workspace, '3.13.0');
  room.workspace.write('uv.lock', '');
  expect(await stateOf(builtIn)).toBe('up to date: nothing changed');
  expect(await room.cache.partsFor(builtIn, {})).toMatchObject({ builtIn: 1, interpreter: null, lockFiles: {} });
  const other = step({ work: { kind: 'uses', uses: 'train', with: { l2: 100 } } });
  expect(await stateOf(other)).toBe('changed: with.l2: 1 → 100');
});
