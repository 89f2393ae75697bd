import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { HISTORY, openStore, put } from './open-store.ts';

const require = createRequire(import.meta.url);

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(() => workspace.dispose());

/** Name and digest of each file that holds something; reading leaves the shared memory and an empty log behind. */
function contents(): Record<string, string> {
  const holds = (name: string) => !name.endsWith('-shm') && statSync(workspace.path(name)).size > 0;
  const names = readdirSync(workspace.folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .filter(holds);
  return Object.fromEntries(names.map((name) => [name, digest(readFileSync(workspace.path(name)))]));
}

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

function expectRefusal(code: string, migrations = HISTORY): void {
  const before = contents();
  expect(() => openStore(workspace, migrations)).toThrow(expect.objectContaining({ code }));
  expect(contents()).toEqual(before);
}

/** A process that dies at once leaves its newest writes in the log beside the file. */
function leaveWithLog(sql: string): void {
  const script = `
    const Database = require(${JSON.stringify(require.resolve('better-sqlite3'))});
    const db = new Database(process.argv[1]);
    db.pragma('journal_mode = WAL');
    db.exec(process.argv[2]);
    process.kill(process.pid, 'SIGKILL');`;
  spawnSync(process.execPath, ['-e', script, workspace.path('store.db'), sql]);
  expect(workspace.has('store.db-wal')).toBe(true);
}

describe('a store that is not to be opened stays as it is, to the byte', () => {
  it('when another program made it', () => {
    new Database(workspace.path('store.db')).exec('CREATE TABLE theirs (x)').close();
    expectRefusal('STORE_FOREIGN');
  });

  it('when another program made it and its last writes are still in the log', () => {
    leaveWithLog('CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)');
    expectRefusal('STORE_FOREIGN');
  });

  it('when a newer Crisol wrote it', async () => {
    const store = openStore(workspace);
    await put(store, 'kept', 1);
    await store.dispose();
    expectRefusal('STORE_NEWER', HISTORY.slice(0, 2));
  });

  it('when a newer Crisol wrote it and died in the middle of its work', () => {
    leaveWithLog(`PRAGMA application_id = ${0x4352534c}; PRAGMA user_version = 99; CREATE TABLE new (x)`);
    expectRefusal('STORE_NEWER');
  });

  it('when it is no database at all', () => {
    workspace.write('store.db', 'dear diary, '.repeat(1000));
    expectRefusal('STORE_CORRUPT');
  });

  it('when its first page is damaged', async () => {
    const store = openStore(workspace);
    await put(store, 'kept', 1);
    await store.dispose();
    const bytes = readFileSync(workspace.path('store.db'));
    bytes.fill(0xff, 100, 400);
    workspace.write('store.db', bytes);
    expectRefusal('STORE_CORRUPT');
  });
});

it('takes an empty file, as a death at the very first moment leaves it', async () => {
  workspace.write('store.db', '');
  const store = openStore(workspace);
  await put(store, 'a', 1);
  await store.dispose();
});
