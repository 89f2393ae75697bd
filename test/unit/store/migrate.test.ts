import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Migration } from '../../../daemon/store/index.ts';
import { migrations as released } from '../../../daemon/store/migrations/index.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { HISTORY, numbers, openStore, put } from './open-store.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(() => workspace.dispose());

const backups = () => (workspace.has('backups') ? readdirSync(workspace.path('backups')).sort() : []);
const upTo = (id: number) => HISTORY.slice(0, id);

async function withNumbers(id: number): Promise<void> {
  const store = openStore(workspace, upTo(id));
  await put(store, 'kept', 7);
  await store.dispose();
}

it('numbers the released migrations without a gap', () => {
  expect(released.map(({ id }) => id)).toEqual(released.map((_, index) => index + 1));
});

it('brings a new file to the newest version, with nothing to back up', async () => {
  const store = openStore(workspace);
  expect(store.db.pragma('user_version', { simple: true })).toBe(3);
  await store.dispose();
  expect(backups()).toEqual([]);
});

it('keeps what was there, and a copy of it before each migration', async () => {
  await withNumbers(1);
  const store = openStore(workspace);
  expect(numbers(store)).toEqual({ kept: 7 });
  await store.dispose();
  expect(backups()).toEqual(['store-v1-2026-01-01T00-00-00-000Z.db', 'store-v2-2026-01-01T00-00-00-000Z.db']);
});

it('does nothing to a file of the newest version', async () => {
  await withNumbers(3);
  await openStore(workspace).dispose();
  expect(backups()).toEqual([]);
});

it('makes copies that can be put back in place', async () => {
  await withNumbers(1);
  await openStore(workspace).dispose();
  const copy = workspace.path('backups', backups()[0] ?? '');
  for (const end of ['', '-wal', '-shm']) rmSync(workspace.path(`store.db${end}`), { force: true });
  copyFileSync(copy, workspace.path('store.db'));
  const restored = openStore(workspace, upTo(1));
  expect(restored.db.pragma('user_version', { simple: true })).toBe(1);
  expect(numbers(restored)).toEqual({ kept: 7 });
  await restored.dispose();
});

describe('a migration that fails', () => {
  const broken: Migration = { id: 4, name: 'broken', sql: 'CREATE TABLE half (x); CREATE TABLE half (x)' };

  it('leaves the version before it, whole', async () => {
    await withNumbers(3);
    expect(() => openStore(workspace, [...HISTORY, broken])).toThrow('half');
    const store = openStore(workspace);
    expect(numbers(store)).toEqual({ kept: 7 });
    expect(store.db.prepare("SELECT name FROM sqlite_master WHERE name = 'half'").all()).toEqual([]);
    await store.dispose();
  });

  it('can be tried again in the same moment', async () => {
    await withNumbers(3);
    expect(() => openStore(workspace, [...HISTORY, broken])).toThrow('half');
    expect(() => openStore(workspace, [...HISTORY, broken])).toThrow('half');
  });
});

it('shows a copy under its name only once it is whole', async () => {
  await withNumbers(1);
  workspace.write('backups', 'in the way of the folder');
  expect(() => openStore(workspace)).toThrow();
  rmSync(workspace.path('backups'));
  // what a death in the middle of a copy leaves
  workspace.write('backups/store-v1-2026-01-01T00-00-00-000Z.db.draft', 'half');
  await openStore(workspace).dispose();
  expect(backups()).toContain('store-v1-2026-01-01T00-00-00-000Z.db');
  expect(backups()).not.toContain('store-v1-2026-01-01T00-00-00-000Z.db.draft');
});
