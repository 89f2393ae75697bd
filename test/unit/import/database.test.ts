import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SeriesPart, Source, SourceRun } from '../../../daemon/import/reading/index.ts';
import { openSource, Problems } from '../../../daemon/import/reading/index.ts';
import { writeDatabase } from '../../support/mlflow-stores.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
const opened: { close(): void }[] = [];

beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
  workspace.dispose();
});

function open(file: string): Source {
  const source = openSource(file, { problems: new Problems() });
  opened.push(source);
  return source;
}

/** Each run with its points, by its name. */
function runsOf(source: Source): Record<string, { run?: SourceRun['run']; points: SeriesPart[] }> {
  return Object.fromEntries(
    [...source.experiments()].flatMap(({ id }) =>
      source.runIds(id).map((runId) => {
        const run = source.run(id, runId);
        return [run?.run.name ?? '', { run: run?.run, points: [...(run?.points() ?? [])] }];
      }),
    ),
  );
}

/** What versions of MLflow added one after the other. */
const BEFORE_MLFLOW_2 = `
  DROP TABLE datasets; DROP TABLE inputs; DROP TABLE input_tags; DROP TABLE logged_models;
  DROP TABLE logged_model_metrics; DROP TABLE logged_model_params; DROP TABLE logged_model_tags;
  DROP TABLE registered_model_aliases; DROP TABLE alembic_version;
  DROP INDEX index_metrics_run_uuid; DROP INDEX index_metrics_run_uuid_key_step;
  DROP INDEX index_params_run_uuid; DROP INDEX index_tags_run_uuid;
  ALTER TABLE runs DROP COLUMN deleted_time; ALTER TABLE model_versions DROP COLUMN storage_location;
  ALTER TABLE model_versions DROP COLUMN run_link;`;

test('an old database has fewer tables, columns and indexes, and is read all the same', () => {
  const newest = runsOf(open(writeDatabase(workspace.folder)));
  const old = new TempWorkspace();
  const source = open(writeDatabase(old.folder, BEFORE_MLFLOW_2));
  opened.push({ close: () => old.dispose() });
  const runs = runsOf(source);
  expect(runs['grid search']?.points).toEqual(newest['grid search']?.points);
  expect(runs['grid search']?.run?.params).toEqual(newest['grid search']?.run?.params);
  expect(runs['grid search']?.run?.datasets).toEqual([]);
  expect([...source.loggedModels('1')]).toEqual([]);
  expect([...source.models()].map(({ name, versions, aliases }) => [name, versions.length, aliases])).toEqual([
    ['match-outcome', 2, []],
    ['empty-model', 0, []],
  ]);
});

test('a database from before steps and NaN has points at step 0', () => {
  const changes = `CREATE TABLE plain AS SELECT key, value, timestamp, run_uuid FROM metrics WHERE key = 'loss';
    DROP TABLE metrics; ALTER TABLE plain RENAME TO metrics;`;
  const runs = runsOf(open(writeDatabase(workspace.folder, changes)));
  expect(runs.child?.points).toEqual([{ key: 'loss', points: [[0, 1700000002000, 0.5]] }]);
});

test('many points come in pages', () => {
  const changes = `INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
    SELECT 'many', value, value, (SELECT run_uuid FROM runs WHERE name = 'child'), value, 0 FROM generate;`;
  const made = `WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 12000)`;
  const runs = runsOf(
    open(writeDatabase(workspace.folder, `CREATE TABLE generate AS ${made} SELECT value FROM n; ${changes}`)),
  );
  const parts = runs.child?.points.filter(({ key }) => key === 'many') ?? [];
  expect(Math.max(...parts.map(({ points }) => points.length))).toBeLessThanOrEqual(5000);
  expect(parts.flatMap(({ points }) => points.map(([step]) => step))).toEqual(
    Array.from({ length: 12_000 }, (_, at) => at + 1),
  );
});

test('experiments and models of several workspaces keep apart', () => {
  const changes = `INSERT INTO experiments (experiment_id, name, lifecycle_stage, workspace)
    VALUES (7, 'football', 'active', 'team-b');`;
  const names = [...open(writeDatabase(workspace.folder, changes)).experiments()].map(
    ({ experiment }) => experiment.name,
  );
  expect(names).toContain('football');
  expect(names).toContain('football (team-b)');
});

test('the file stays as it is, to the byte', () => {
  const file = writeDatabase(workspace.folder, BEFORE_MLFLOW_2);
  const before = readFileSync(file);
  chmodSync(file, 0o400);
  const source = openSource(file, { problems: new Problems() });
  runsOf(source);
  source.close();
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('what a server wrote a moment ago is read, too, from its log', () => {
  const file = writeDatabase(workspace.folder);
  const server = new Database(file);
  opened.push(server);
  server.pragma('journal_mode = WAL');
  server.exec(`UPDATE runs SET name = 'renamed' WHERE name = 'child'`);
  expect(Object.keys(runsOf(open(file)))).toContain('renamed');
});

test('a database that another program keeps locked is told as that', () => {
  const file = writeDatabase(workspace.folder);
  const holder = new Database(file);
  opened.push(holder);
  const source = openSource(file, { problems: new Problems(), patienceMs: 10 });
  opened.push(source);
  holder.exec('BEGIN EXCLUSIVE');
  expect(() => source.runIds('1')).toThrow(expect.objectContaining({ code: 'IMPORT_SOURCE_BUSY' }));
  holder.exec('COMMIT');
  expect(source.runIds('1')).toHaveLength(3);
});

test.for([
  ['no SQLite file', () => 'hello, this is only a text file of some length', 'is no SQLite file'],
  [
    'another program’s database',
    (file: string) => withTable(file, 'songs (name TEXT)'),
    'has no experiments.experiment_id',
  ],
] as const)('%s is refused in words', ([, make, words]) => {
  const file = workspace.path('other.db');
  const text = make(file);
  if (text !== undefined) writeFileSync(file, text);
  expect(() => open(file)).toThrow(
    expect.objectContaining({ code: 'IMPORT_SOURCE_INVALID', message: expect.stringContaining(words) }),
  );
});

test('a schema that is not known is refused with its version, not read by halves', () => {
  const file = writeDatabase(workspace.folder, 'ALTER TABLE runs RENAME COLUMN run_uuid TO run_id;');
  expect(() => open(file)).toThrow(/runs\.run_uuid.*its schema is [0-9a-f]{12}/);
});

test('a folder that is no store is refused, and the store in it is named', () => {
  writeDatabase(workspace.folder);
  const opening = () => open(workspace.folder);
  expect(opening).toThrow(expect.objectContaining({ hint: `Did you mean ${workspace.path('mlflow.db')}?` }));
});

function withTable(file: string, table: string): undefined {
  const db = new Database(file);
  db.exec(`CREATE TABLE ${table}`);
  db.close();
}
