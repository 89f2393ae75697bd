import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startImport } from '../../../extension/daemon/import-process.ts';
import type { ImportTally } from '../../../schemas/wire/import.ts';
import { ImportResult } from '../../../schemas/wire/import.ts';
import { RunList } from '../../../schemas/wire/tracking.ts';
import { ROOT } from '../../../tools/lib/root.ts';
import { copyStore } from '../../support/mlflow-stores.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';
import { Cli } from './cli.ts';

const cli = new Cli(new TempWorkspace({ name: AWKWARD_NAME, files: { 'crisol.yaml': 'version: 1\n' } }));
let folder: string;
let database: string;

beforeAll(() => {
  folder = copyStore(cli.workspace, 'mlflow-2');
  database = copyStore(cli.workspace, 'mlflow-3-sqlite');
});
afterAll(() => cli.dispose());

test('a trial says what would come; the import brings it, once', async () => {
  const trial = await cli.json(ImportResult, 'import', 'mlruns', folder, '--dry-run');
  expect(trial).toMatchObject({ dry_run: true, runs: 5, artifacts: 3 });
  expect((await cli.json(RunList, 'runs')).runs).toEqual([]);

  const first = await cli.run('import', 'mlruns', folder);
  expect(first.stdout).toContain('5 runs with 10 points, 3 artifacts (26 bytes), 2 versions of 2 registered models.');
  expect((await cli.json(RunList, 'runs', '--all')).runs.map(({ name }) => name)).toEqual([
    'still running',
    'grid search',
    'child',
  ]);

  const again = await cli.run('import', 'mlruns', folder);
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout).toContain('came: nothing new.\n5 runs of it were here already.');
});

test('what VS Code starts tells how far it is, and what came', async () => {
  const told: ImportTally[] = [];
  const { result } = startImport({
    cli: join(ROOT, 'dist', 'crisol.cjs'),
    folder: cli.workspace.folder,
    source: database,
    onProgress: (tally) => told.push(tally),
  });
  expect(await result).toMatchObject({ cancelled: false, runs: 5, logged_models: 1 });
  expect(told.at(0)).toMatchObject({ runs_total: 5 });
});

test('whoever cancels in VS Code is told how far it came', async () => {
  const source = copyStore(cli.workspace, 'mlflow-3');
  const running = startImport({
    cli: join(ROOT, 'dist', 'crisol.cjs'),
    folder: cli.workspace.folder,
    source,
    onProgress: () => running.cancel(),
  });
  const { cancelled, runs } = await running.result;
  expect(cancelled).toBe(true);
  expect(runs).toBeLessThan(5);
});

test('what is no store is refused with what to do, in the terminal and in VS Code', async () => {
  const notes = join(cli.workspace.folder, 'notes.txt');
  writeFileSync(notes, 'buy milk');
  const { code, stderr } = await cli.run('import', 'mlruns', notes);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^IMPORT_SOURCE_INVALID: .*notes\.txt is no SQLite file\.\nGive a folder mlruns/);
  const { result } = startImport({
    cli: join(ROOT, 'dist', 'crisol.cjs'),
    folder: cli.workspace.folder,
    source: join(cli.workspace.folder, 'nowhere'),
    onProgress: () => {},
  });
  await expect(result).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
});
