import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { columnsIn } from '../../../../language-server/providers/data/columns.ts';
import { extentOf } from '../../../../language-server/providers/data/extent.ts';
import { readFooter } from '../../../../language-server/providers/data/parquet/footer.ts';
import { processorTime } from '../../../support/processor-time.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';

const workspace = new TempWorkspace();
afterAll(() => workspace.dispose());

async function write(name: string, query: string): Promise<void> {
  const database = await DuckDBInstance.create(':memory:');
  const connection = await database.connect();
  await connection.run(`COPY (${query}) TO '${workspace.path(name)}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`);
  connection.closeSync();
  database.closeSync();
}

const columnsOf = (name: string) => columnsIn(workspace.folder, workspace.path(name));
const measured = (name: string) => extentOf(pathToFileURL(workspace.folder).href, name, new AbortController().signal);

/** From the footer to the end. */
let real: Buffer;
beforeAll(async () => {
  await write(
    'matches.parquet',
    `SELECT i AS id, i / 2 AS form, 'team ' || i AS "home; team", i % 2 = 0 AS neutral, DATE '2026-01-01' AS day,
       TIMESTAMP '2026-01-01 15:00:00' AS kicked_off, 1.50::DECIMAL(9, 2) AS odds, [i, i] AS goals,
       {'minute': i, 'scorer': {'name': 'x'}} AS first_goal, MAP {'a': i} AS cards, 'x'::BLOB AS badge, TIME '15:00:00' AS ends,
       i::UTINYINT AS small, 'a'::ENUM('a', 'b') AS league
     FROM range(20) r(i)`,
  );
  const bytes = readFileSync(workspace.path('matches.parquet'));
  real = bytes.subarray(bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8));
});

describe('a Parquet file', () => {
  test('tells its columns with their types', async () => {
    expect((await columnsOf('matches.parquet')).map(({ name, type }) => `${name}: ${type}`)).toEqual([
      'id: integer',
      'form: number',
      'home; team: string',
      'neutral: boolean',
      'day: date',
      'kicked_off: timestamp',
      'odds: number',
      'goals: list',
      'first_goal: record',
      'cards: map',
      'badge: binary',
      'ends: time',
      'small: integer',
      'league: string',
    ]);
  });

  test('tells how many rows it has, also in many groups of them', async () => {
    expect((await measured('matches.parquet'))?.rows).toEqual({ count: 20, areMore: false });
    await write('long.parquet', 'SELECT i AS id FROM range(1000000) r(i)');
    expect((await measured('long.parquet'))?.rows).toEqual({ count: 1_000_000, areMore: false });
    await write('empty.parquet', 'SELECT i AS id FROM range(0) r(i)');
    expect((await measured('empty.parquet'))?.rows).toEqual({ count: 0, areMore: false });
  });

  test('that is cut off, or is none, says nothing', async () => {
    const bytes = readFileSync(workspace.path('matches.parquet'));
    workspace.write('cut.parquet', bytes.subarray(0, bytes.length - 1));
    workspace.write('short.parquet', 'PAR1');
    workspace.write('nothing.parquet', '');
    workspace.write('text.parquet', 'id,form\n1,2\n'.repeat(100));
    const long = Buffer.from(bytes);
    long.writeUInt32LE(0xffffffff, long.length - 8);
    workspace.write('long-footer.parquet', long);
    for (const name of ['cut', 'short', 'nothing', 'text', 'long-footer', 'missing']) {
      expect({ name, columns: await columnsOf(`${name}.parquet`), extent: await measured(`${name}.parquet`) }).toEqual({
        name,
        columns: [],
        extent: null,
      });
    }
  });

  test('with any bytes between its marks harms nobody', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(250), async (bytes, length) => {
        const tail = Buffer.from([length & 0xff, 0, 0, 0]);
        workspace.write('any.parquet', Buffer.concat([Buffer.from('PAR1'), bytes, tail, Buffer.from('PAR1')]));
        expect(Array.isArray(await columnsOf('any.parquet'))).toBe(true);
        await measured('any.parquet');
      }),
    );
  });
});

describe('a footer', () => {
  test('in which some bytes are others says nothing, or what it has then', () => {
    const other = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(other, fc.nat(), (changes, end) => {
        const bytes = Buffer.from(real);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        for (const part of [bytes, bytes.subarray(0, end % bytes.length)]) {
          const found = readFooter(part);
          if (found) expect(Number.isInteger(found.rows)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  // what a list says of its length: 2 ** 25 of them would be a quarter of a gigabyte
  const LIST = [0xf9, 0x80, 0x80, 0x80, 0x10];
  test.for([
    [
      'lists in lists, each of millions',
      [0x19, ...LIST, ...LIST, ...LIST, ...LIST, ...LIST, ...LIST, ...LIST, ...LIST],
    ],
    ['a list of millions of truths', [0x29, 0xf1, 0x80, 0x80, 0x80, 0x10, 1]],
    ['a number that never ends', [0x36, ...Array.from({ length: 200_000 }, () => 0xff)]],
    ['structs in structs', Array.from({ length: 200_000 }, () => 0x1c)],
    ['a column of less than none', [0x29, 0x2c, 0x48, 1, 0x72, 0x15, 2, 0, 0x48, 1, 0x63, 0x15, 1, 0, 0x16, 2]],
    ['empty columns', [0x29, 0xfc, 0xf0, 0xff, 0x0f, ...Array.from({ length: 262_128 }, () => 0)]],
  ] as const)('with %s is refused in time', ([, bytes]) => {
    const taken = processorTime();
    expect(readFooter(Uint8Array.from(bytes))).toBeNull();
    expect(taken()).toBeLessThan(1000);
  });
});
