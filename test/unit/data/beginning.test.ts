import { rmSync, statSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { beginningOf } from '../../../daemon/data/beginning.ts';
import { withDatabase } from '../../../daemon/data/open.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace({ name: `it's [a] folder` });
});
afterEach(() => workspace.dispose());

/** Contents of artifacts have no ending. */
async function parquet(select: string): Promise<string> {
  const file = workspace.path('ab12');
  await withDatabase((connection) =>
    connection.run(`COPY (${select}) TO '${file.replaceAll("'", "''")}' (FORMAT parquet)`),
  );
  return file;
}

test('the first rows are told as texts, with the types of columns and how much there is', async () => {
  const file = await parquet(
    `SELECT i AS "a ""b""", i / 4 AS share, CASE WHEN i = 1 THEN NULL ELSE 'ñ' END AS word, [i, 2] AS list,
       DATE '2026-01-01' AS day FROM range(3000) t(i)`,
  );
  const { columns, rows, ...totals } = await beginningOf(file, 'predictions.parquet');
  expect(columns).toEqual([
    { name: 'a "b"', type: 'BIGINT' },
    { name: 'share', type: 'DOUBLE' },
    { name: 'word', type: 'VARCHAR' },
    { name: 'list', type: 'BIGINT[]' },
    { name: 'day', type: 'DATE' },
  ]);
  expect(rows).toHaveLength(1000);
  expect(rows[1]).toEqual(['1', '0.25', null, '[1, 2]', '2026-01-01']);
  expect(totals).toEqual({ total_rows: 3000, total_columns: 5 });
});

test('of very wide tables, and of long texts, only a part is told', async () => {
  const wide = Array.from({ length: 300 }, (_, at) => `repeat('x', 9000) AS c${at}`).join();
  const { columns, rows, total_columns } = await beginningOf(await parquet(`SELECT ${wide} FROM range(500)`), 'wide');
  expect([columns.length, rows.length, total_columns]).toEqual([200, 100, 300]);
  expect(rows[0]?.[0]).toHaveLength(500);
});

test('an empty table has its columns', async () => {
  const { columns, rows } = await beginningOf(await parquet('SELECT 1 AS a WHERE false'), 'empty');
  expect([columns.length, rows]).toEqual([1, []]);
});

test('what is no Parquet file is called by the name that people know', async () => {
  workspace.write('ab12', 'PAR1 is how it begins, and that is all');
  const refused = beginningOf(workspace.path('ab12'), 'predictions.parquet');
  await expect(refused).rejects.toMatchObject({ code: 'DATA_UNREADABLE' });
  await expect(refused).rejects.toThrow(/predictions\.parquet/);
  await expect(refused).rejects.not.toThrow(/ab12/);
  const half = await parquet('SELECT i FROM range(100000) t(i)');
  const bytes = statSync(half).size;
  rmSync(half);
  workspace.write('ab12', 'x'.repeat(bytes));
  await expect(beginningOf(half, 'half.parquet')).rejects.toMatchObject({ code: 'DATA_UNREADABLE' });
});
