import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keysOf } from '../../../../language-server/providers/data/lines.ts';
import { rowCounter } from '../../../../language-server/providers/data/rows.ts';

/** As it is read, in pieces of some size. */
function count(format: 'separated' | 'lines', text: string, piece = 1 << 16): number {
  const counter = rowCounter(format);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += piece) counter.take(bytes.subarray(at, at + piece));
  return counter.rows;
}

const field = fc.oneof(fc.string(), fc.constantFrom('', '"', 'a\nb', 'a\r\n\r\nb', '5" pipe', 'x,y;z\t|', 'ñandú 🏆'));
const table = fc
  .integer({ min: 1, max: 4 })
  .chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { maxLength: 8 }));

/** In quotes where it must be, or somebody liked it so. */
const written = (value: string, isQuoted: boolean): string =>
  isQuoted || value === '' || /["\r\n,;\t|]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

test('as many rows of a CSV file are counted as were written, however they are written and read', () => {
  const style = fc.record({
    separator: fc.constantFrom(',', ';', '\t', '|'),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    isEnded: fc.boolean(),
    isQuoted: fc.boolean(),
    mark: fc.constantFrom('', '\uFEFF'),
    piece: fc.integer({ min: 16, max: 64 }),
  });
  fc.assert(
    fc.property(table, style, (rows, { separator, end, isEnded, isQuoted, mark, piece }) => {
      const header = (rows[0] ?? ['a']).map((_, at) => `c${at}`);
      const lines = [header, ...rows].map((row) => row.map((value) => written(value, isQuoted)).join(separator));
      const text = `${mark}${lines.join(end)}${isEnded ? end : ''}`;
      expect(count('separated', text, piece)).toBe(rows.length);
    }),
  );
});

test.for([
  ['', 0],
  ['a,b', 0],
  ['a,b\n', 0],
  ['a,b\n\n1,2\n\n\n3,4', 2],
  ['a,b\n5" pipe,2\n6" pipe,3\n', 2],
  ['a,b\n"",2\n"x""y\n",3\n', 2],
  ['a;b\n1;",\n2;x\n', 1],
] as const)('of %j %i rows', ([text, rows]) => {
  expect(count('separated', text)).toBe(rows);
});

test('each line of JSON with something in it is a row, and the first ones name the columns', () => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 20 }), fc.nat(9), (rows, piece) => {
      const text = rows.map((row) => `${JSON.stringify(row)}\r\n\n`).join('');
      expect(count('lines', text, piece + 1)).toBe(rows.length);
      const parsed = rows.map((row) => JSON.parse(JSON.stringify(row)));
      expect(new Set(keysOf(text))).toEqual(new Set(parsed.flatMap((row) => Object.keys(row))));
    }),
  );
});

test('what is cut off, or is no row, names nothing', () => {
  expect(keysOf('\uFEFF{"a":1}\n[{"b":1}]\nnull\n"c"\n{"d": tru\n{"a":2,"__proto__":3}\n{"e":')).toEqual([
    'a',
    '__proto__',
  ]);
});
