import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_ROWS, readLoggedTable, readTable } from '../../../webviews/runs/artifacts/table.ts';

function written(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

describe('a table in a file', () => {
  test('comes out as it was written, whatever is in its cells', () => {
    const cells = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(cells, { minLength: 1, maxLength: 20 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const head = ['a', 'b', 'c', 'd', 'e'];
        const text = [head, ...lines].map((line) => line.map(written).join(',')).join(end);
        const { columns, rows, cut } = readTable('x.csv', text, true);
        expect({ columns, rows, cut }).toEqual({ columns: head, rows: lines, cut: false });
      }),
    );
  });

  test('is read to its end, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', ',', ';', '\t', '\r', '\n', 'a') }),
        fc.boolean(),
        (text, whole) => {
          expect(readTable('x.csv', text, whole).rows.length).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });

  test('has the separator that its first line has most of', () => {
    expect(readTable('x.csv', 'a;b\n1,5;2', true).rows).toEqual([['1,5', '2']]);
    expect(readTable('x.tsv', 'a\tb\n1,5\t', true).rows).toEqual([['1,5', '']]);
  });

  test('ends at its thousandth row, and leaves out a line that broke off', () => {
    const lines = ['n', ...Array.from({ length: 3000 }, (_, at) => `${at}`)];
    const long = readTable('x.csv', lines.join('\n'), false);
    expect({ rows: long.rows.length, cut: long.cut }).toEqual({ rows: MOST_ROWS, cut: true });
    expect(readTable('x.csv', 'n,m\n1,2\n3,', false)).toEqual({ columns: ['n', 'm'], rows: [['1', '2']], cut: true });
  });

  test('as log_table writes it is one, too; other JSON is none', () => {
    const table = {
      columns: ['q', 'score'],
      data: [
        ['why', 0.5],
        [null, { a: 1 }],
      ],
    };
    expect(readLoggedTable(table)?.rows).toEqual([
      ['why', '0.5'],
      ['', '{"a":1}'],
    ]);
    for (const other of [null, 3, [], { columns: 1, data: [] }, { columns: [], data: [1] }]) {
      expect(readLoggedTable(other)).toBeUndefined();
    }
  });
});
