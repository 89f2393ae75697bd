import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, test } from 'vitest';
import type { FramesDrift } from '../../../daemon/monitoring/index.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';

const PROGRAM = fileURLToPath(new URL('../../../daemon/monitoring/drift-files.ts', import.meta.url));
const workspace = new TempWorkspace({ name: AWKWARD_NAME });
afterAll(() => workspace.dispose());

/** Every row a match; later ones have more goals, and a league that was not there before. */
const matches = (from: number, league: string) =>
  Array.from({ length: 60 }, (_, k) => ({
    goals: (k * 7) % 5,
    form: from + ((k * 13) % 60) / 60,
    league: k % 3 ? 'north' : league,
    neutral: k % 2 === 0,
    played: '2026-01-01',
    note: k % 10 === 0 ? null : `match ${k}`,
  }));

function csv(rows: Record<string, unknown>[]): string {
  const names = Object.keys(rows[0] ?? {});
  return [names.join(','), ...rows.map((row) => names.map((name) => row[name] ?? '').join(','))].join('\n');
}

function run(
  options: object,
): Promise<{ code: number; document: FramesDrift & { error_code?: string; message?: string } }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, JSON.stringify(options)], (failure, stdout) => {
      resolve({ code: failure ? Number(failure.code) : 0, document: JSON.parse(stdout) });
    });
  });
}

async function parquetFrom(source: string, target: string): Promise<void> {
  const database = await DuckDBInstance.create(':memory:');
  const connection = await database.connect();
  const quoted = (path: string) => `'${path.replaceAll("'", "''")}'`;
  await connection.run(`COPY (SELECT * FROM read_csv(${quoted(source)})) TO ${quoted(target)} (FORMAT parquet)`);
  connection.closeSync();
  database.closeSync();
}

describe('the program behind `crisol drift`', () => {
  test('compares CSV, NDJSON and Parquet alike, in folders with any name', async () => {
    workspace.write('before.csv', csv(matches(0, 'south')));
    workspace.write('now.csv', csv(matches(0.4, 'east')));
    workspace.write(
      'now.ndjson',
      matches(0.4, 'east')
        .map((row) => JSON.stringify(row))
        .join('\n'),
    );
    await parquetFrom(workspace.path('now.csv'), workspace.path('now.parquet'));
    const reference = workspace.path('before.csv');
    const answers = await Promise.all(
      ['now.csv', 'now.ndjson', 'now.parquet'].map((name) => run({ reference, current: workspace.path(name) })),
    );
    const [first] = answers;
    expect(first?.code).toBe(0);
    for (const { document } of answers) expect(document).toEqual(first?.document);
    const columns = first?.document.columns ?? [];
    expect(columns.map(({ name, kind, state }) => [name, kind, state])).toEqual([
      ['league', 'category', 'drift'],
      ['form', 'number', 'drift'],
      ['goals', 'category', 'ok'],
      ['neutral', 'category', 'ok'],
      ['note', 'category', 'unknown'],
      ['played', 'category', 'unknown'],
    ]);
    expect(first?.document).toMatchObject({ share: 2 / 6, state: 'drift' });
  });

  test('takes a threshold', async () => {
    const [reference, current] = [workspace.path('before.csv'), workspace.path('now.csv')];
    const { document } = await run({ reference, current, threshold: 0.5, columns: ['form'] });
    expect(document).toMatchObject({ state: 'ok', columns: [{ name: 'form', threshold: 0.5 }] });
  });

  test.for([
    ['a missing file', 'nowhere.csv', 'FILE_NOT_FOUND'],
    ['an unknown format', 'notes.txt', 'DATA_UNREADABLE'],
    ['a file that is not what its name says', 'broken.parquet', 'DATA_UNREADABLE'],
  ] as const)('says what is wrong with %s', async ([, name, code]) => {
    workspace.write('notes.txt', 'hello');
    workspace.write('broken.parquet', 'no parquet');
    const { code: exit, document } = await run({
      reference: workspace.path('before.csv'),
      current: workspace.path(name),
    });
    expect(exit).toBe(1);
    expect(document.error_code).toBe(code);
    expect(document.message).toContain(name);
  });
});
