import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignByChance, assignByOrder, PART } from '../../../../daemon/training/split/assign.ts';

const labels = fc.array(fc.constantFrom('home', 'draw', 'away', null), { maxLength: 300 });
const share = fc.double({ min: 0.05, max: 0.95, noNaN: true });

test('each label has its share of the test rows, and the same seed draws the same rows', () => {
  fc.assert(
    fc.property(labels, share, fc.nat(), (rows, part, seed) => {
      const parts = assignByChance(rows, part, seed);
      for (const label of new Set(rows)) {
        const own = [...rows.keys()].filter((row) => rows[row] === label);
        const tested = own.filter((row) => parts[row] === PART.test).length;
        expect(tested).toBe(Math.round(part * own.length));
      }
      expect(assignByChance(rows, part, seed)).toEqual(parts);
    }),
  );
});

test('another seed draws other rows', () => {
  const rows = new Array<string>(200).fill('same');
  expect(assignByChance(rows, 0.5, 1)).not.toEqual(assignByChance(rows, 0.5, 2));
});

test('by order, the past is trained on, what follows is tested with, and what is later or unknown is left out', () => {
  const seasons = [2019, 2022, 2020, 2021, Number.NaN, null, 2018];
  const parts = assignByOrder(seasons, { trainUntil: 2019, testUntil: 2021 });
  expect([...parts]).toEqual([PART.train, PART.leftOut, PART.test, PART.test, PART.leftOut, PART.leftOut, PART.train]);
});

test('dates as texts are in order too, and without an end all later rows are tested with', () => {
  const parts = assignByOrder(['2020-01-31', '2020-02-01', '2031-12-01'], { trainUntil: '2020-01-31' });
  expect([...parts]).toEqual([PART.train, PART.test, PART.test]);
});
