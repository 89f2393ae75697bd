import { afterEach, beforeEach, expect, test } from 'vitest';
import { withTable } from '../../../daemon/data/index.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(() => workspace.dispose());

function table(name: string, content: string) {
  workspace.write(name, content);
  return workspace.path(name);
}

test('CSV and NDJSON say the same', async () => {
  const csv = table('a.csv', 'n,t\n1.5,x\n,\nNA,y\n');
  const ndjson = table('a.ndjson', '{"n":1.5,"t":"x"}\n{}\n{"n":null,"t":"y"}\n');
  for (const path of [csv, ndjson]) {
    await withTable(path, async (data) => {
      expect(data.rows).toBe(3);
      expect(await data.numbers('n')).toEqual(Float64Array.from([1.5, Number.NaN, Number.NaN]));
      expect(await data.texts('t')).toEqual(['x', null, 'y']);
    });
  }
});

test('infinities are missing values', async () => {
  await withTable(table('a.csv', 'n\n1\ninf\n-inf\n'), async (data) => {
    expect(await data.numbers('n')).toEqual(Float64Array.from([1, Number.NaN, Number.NaN]));
  });
});

test('columns named like SQL and like our own are columns', async () => {
  const path = table('a.csv', 'select,rowid,"x""; DROP TABLE data"\n1,2,3\n');
  await withTable(path, async (data) => {
    expect(data.columns.map(({ name }) => name)).toEqual(['select', 'rowid', 'x"; DROP TABLE data']);
    expect([...(await data.numbers('x"; DROP TABLE data'))]).toEqual([3]);
    expect([...(await data.numbers('rowid'))]).toEqual([2]);
  });
});

test('a text among numbers is refused with its row', async () => {
  await withTable(table('a.csv', 'n\n1\n2\nabc\n'), async (data) => {
    await expect(data.numbers('n')).rejects.toMatchObject({
      code: 'DATA_UNREADABLE',
      message: expect.stringContaining('row 3 has the text "abc"'),
    });
  });
});

test.each([
  ['missing.csv', null, 'FILE_NOT_FOUND', 'There is no file'],
  ['empty.csv', '', 'DATA_UNREADABLE', 'is empty'],
  ['broken.parquet', 'not parquet', 'DATA_UNREADABLE', 'could not be read'],
  ['broken.ndjson', '{"a":', 'DATA_UNREADABLE', 'could not be read'],
  ['sheet.xlsx', 'x', 'DATA_UNREADABLE', 'ending'],
])('%s is refused with what is wrong', async (name, content, code, words) => {
  if (content !== null) workspace.write(name, content);
  await expect(withTable(workspace.path(name), async () => {})).rejects.toMatchObject({
    code,
    message: expect.stringContaining(words),
  });
});

test('a folder is not a data file', async () => {
  workspace.write('folder.csv/x', '');
  await expect(withTable(workspace.path('folder.csv'), async () => {})).rejects.toMatchObject({
    message: expect.stringContaining('is a folder'),
  });
});
