import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ROOT } from '../../tools/lib/root.ts';
import type { TempWorkspace } from './temp-workspace.ts';

/** What MLflow wrote: see test/fixtures/mlruns/README.md. */
const FIXTURES = join(ROOT, 'test', 'fixtures', 'mlruns');

export type MlflowStore = 'mlflow-2' | 'mlflow-3' | 'mlflow-3-sqlite';
export const MLFLOW_STORES: readonly MlflowStore[] = ['mlflow-2', 'mlflow-3', 'mlflow-3-sqlite'];

/** A copy of one in the workspace. Answers what is given to `crisol import mlruns`. */
export function copyStore(workspace: TempWorkspace, store: MlflowStore, name: string = store): string {
  const folder = workspace.path(name);
  cpSync(join(FIXTURES, store), folder, { recursive: true });
  return store === 'mlflow-3-sqlite' ? writeDatabase(folder) : folder;
}

/** `changes`: SQL that makes another version's file of it */
export function writeDatabase(folder: string, changes = ''): string {
  const file = join(folder, 'mlflow.db');
  const db = new Database(file);
  db.exec(readFileSync(join(FIXTURES, 'mlflow-3-sqlite', 'mlflow.sql'), 'utf8') + changes);
  db.close();
  return file;
}
