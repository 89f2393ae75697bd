import type { Migration } from '../../../daemon/store/index.ts';
import { Store } from '../../../daemon/store/index.ts';
import type { TempWorkspace } from '../../support/temp-workspace.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** The history of a small store: numbers with names, and later a column more. */
export const HISTORY: readonly Migration[] = [
  { id: 1, name: 'numbers', sql: 'CREATE TABLE numbers (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT' },
  { id: 2, name: 'notes', sql: "ALTER TABLE numbers ADD COLUMN note TEXT NOT NULL DEFAULT ''" },
  { id: 3, name: 'index', sql: 'CREATE INDEX numbers_by_value ON numbers (value)' },
];

export function openStore(workspace: TempWorkspace, migrations = HISTORY, clock = new VirtualClock()): Store {
  return new Store({ file: workspace.path('store.db'), migrations, backups: workspace.path('backups'), clock });
}

/** A write of one number; its name is taken once. */
export function put(store: Store, name: string, value: number): Promise<unknown> {
  return store.write(() => store.db.prepare('INSERT INTO numbers (name, value) VALUES (?, ?)').run(name, value));
}

export function numbers(store: Store): Record<string, number> {
  const rows = store.db.prepare<[], { name: string; value: number }>('SELECT name, value FROM numbers').all();
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}
