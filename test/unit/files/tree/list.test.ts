import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KINDS } from '../../../../daemon/files/tree/entry.ts';
import { readList, writeEntries, writeParts } from '../../../../daemon/files/tree/list.ts';
import { partEnds } from '../../../../daemon/files/tree/parts.ts';

const sha256 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const totals = { sha256, bytes: fc.integer({ min: 0, max: 2 ** 47 }), files: fc.integer({ min: 0, max: 2 ** 40 }) };
const name = fc.uint8Array({ minLength: 1, maxLength: 255 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
const entry = fc.record({ name, kind: fc.constantFrom(...KINDS), ...totals });

it('reads what it wrote, whatever bytes names have', () => {
  fc.assert(
    fc.property(fc.array(entry), fc.array(fc.record(totals)), (entries, parts) => {
      expect(readList(writeEntries(entries).content)).toEqual({ entries });
      expect(readList(writeParts(parts).content)).toEqual({ parts });
    }),
  );
});

it('takes nothing else for a list', () => {
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1 }), fc.nat(), (entries, cut) => {
      const { content } = writeEntries(entries);
      const read = readList(content.subarray(0, cut % content.length));
      // where one entry ends and the next begins a cut is not seen here: its sha256 is another
      expect(read === undefined || ('entries' in read && read.entries.length < entries.length)).toBe(true);
    }),
  );
  expect(readList(Buffer.from('something else'))).toBeUndefined();
});

it('cuts by names alone: a name more or less changes no part but its own', () => {
  const names = Array.from({ length: 20_000 }, (_, n) => `img_${n}.png`).sort();
  const cut = (all: string[]) => {
    const ends = partEnds(all);
    return ends.map((end, at) => all.slice(ends[at - 1] ?? 0, end).join());
  };
  const parts = cut(names);
  expect(parts.length).toBeGreaterThan(40);
  expect(parts.length).toBeLessThan(160);
  const without = cut(names.filter((one) => one !== 'img_777.png'));
  expect(without.filter((part) => !parts.includes(part)).length).toBeLessThanOrEqual(1);
  // an empty folder has a list, too
  expect(partEnds([])).toEqual([0]);
});
