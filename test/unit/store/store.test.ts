import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asStoreError } from '../../../daemon/store/index.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { numbers, openStore, put } from './open-store.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(() => workspace.dispose());

it('commits what waits when it is closed', async () => {
  const store = openStore(workspace);
  const written = put(store, 'last', 1);
  await store.dispose();
  await written;
  const next = openStore(workspace);
  expect(numbers(next)).toEqual({ last: 1 });
  await next.dispose();
});

it('refuses writes after it is closed, and can be closed twice', async () => {
  const store = openStore(workspace);
  await store.dispose();
  await expect(put(store, 'late', 1)).rejects.toThrow();
  await store.dispose();
});

it('leaves one file when it is closed', async () => {
  const store = openStore(workspace);
  await put(store, 'a', 1);
  await store.dispose();
  expect(workspace.has('store.db-wal')).toBe(false);
});

describe('a failure of SQLite in words of the catalogue', () => {
  const failure = (code: string) => Object.assign(new Error('sqlite says no'), { code });
  const codeOf = (code: string) => asStoreError(failure(code), 'store.db');

  it.each([
    ['SQLITE_FULL', 'STORE_DISK_FULL'],
    ['SQLITE_IOERR_WRITE', 'STORE_DISK_FULL'],
    ['SQLITE_IOERR_FSYNC', 'STORE_DISK_FULL'],
    ['SQLITE_READONLY_DBMOVED', 'STORE_READ_ONLY'],
    ['SQLITE_CANTOPEN_ISDIR', 'STORE_READ_ONLY'],
    ['SQLITE_NOTADB', 'STORE_CORRUPT'],
    ['SQLITE_CORRUPT_INDEX', 'STORE_CORRUPT'],
    ['SQLITE_IOERR_READ', 'STORE_CORRUPT'],
    ['SQLITE_IOERR_SHORT_READ', 'STORE_CORRUPT'],
  ])('%s is %s', (sqlite, ours) => {
    expect(codeOf(sqlite)).toMatchObject({ code: ours, cause: { code: sqlite } });
  });

  it('leaves a mistake of the program what it is', () => {
    const wrong = failure('SQLITE_CONSTRAINT_UNIQUE');
    expect(asStoreError(wrong, 'store.db')).toBe(wrong);
    expect(asStoreError('text', 'store.db')).toBe('text');
  });
});
