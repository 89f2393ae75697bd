import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { matchesCsv, trafficRecords } from '../../../samples/index.ts';

const [header = '', ...rows] = matchesCsv().trimEnd().split('\n');
const columns = header.split(',');
const cells = rows.map((row) => row.split(','));
const INPUTS = columns.slice(4, 15);

function column(name: string, seasons: readonly number[]): string[] {
  const at = columns.indexOf(name);
  return cells.filter((row) => seasons.includes(Number(row[1]))).map((row) => row[at] ?? '');
}

function take(count: number, drift: boolean): Record<string, string | number>[] {
  const records: Record<string, string | number>[] = [];
  for (const record of trafficRecords({ drift })) {
    records.push({ ...record });
    if (records.length === count) return records;
  }
  return records;
}

/** The largest gap between the two shares of values up to each value; for texts, in alphabetical order. */
function gap(reference: readonly string[], current: readonly string[]): number {
  const surplus = new Map<string, number>();
  for (const value of reference) surplus.set(value, (surplus.get(value) ?? 0) + 1 / reference.length);
  for (const value of current) surplus.set(value, (surplus.get(value) ?? 0) - 1 / current.length);
  const ordered = [...surplus.keys()].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
  let upTo = 0;
  return Math.max(
    ...ordered.map((value) => {
      upTo += surplus.get(value) ?? 0;
      return Math.abs(upTo);
    }),
  );
}

test('the file is the same on every machine', () => {
  const digest = createHash('sha256').update(matchesCsv()).digest('hex');
  expect(digest).toBe('8ce955ae197bd413573a74c3a3c05d2558528ab5f800b22156be4c99ba6d8e4e');
});

test('there are 6,000 matches of ten seasons, with an id each', () => {
  expect(rows).toHaveLength(6000);
  expect(new Set(cells.map(([id]) => id)).size).toBe(6000);
  expect(new Set(cells.map(([, season]) => season)).size).toBe(10);
});

test('goals and result agree, and nobody plays against themselves', () => {
  for (const row of cells) {
    const [home = 0, away = 0] = row.slice(15, 17).map(Number);
    expect(row[17]).toBe(home === away ? 'draw' : home > away ? 'home' : 'away');
    expect(row[2]).not.toBe(row[3]);
  }
});

test('a request has the inputs of the model, in their order and without holes', () => {
  for (const record of take(50, true)) {
    expect(Object.keys(record)).toEqual(INPUTS);
    expect(Object.values(record).every((value) => value !== '' && !Number.isNaN(value))).toBe(true);
  }
});

describe('against the seasons that the sample trains on', () => {
  const trainedOn = [2015, 2016, 2017, 2018, 2019, 2020];
  const present = (name: string, seasons: readonly number[]) => column(name, seasons).filter((value) => value !== '');
  const sent = { ordinary: take(1000, false), drifted: take(1000, true) };
  const ofTraffic = (name: string, kind: 'ordinary' | 'drifted') => sent[kind].map((record) => String(record[name]));

  test.each(INPUTS)('%s does not move in ordinary traffic, nor from season to season', (name) => {
    const reference = present(name, trainedOn);
    expect(gap(reference, ofTraffic(name, 'ordinary'))).toBeLessThan(0.06);
    expect(gap(reference, present(name, [2021, 2022]))).toBeLessThan(0.06);
  });

  test.each(INPUTS)('%s moves in drifted traffic and in the later seasons only if it is meant to', (name) => {
    const reference = present(name, trainedOn);
    const gaps = [gap(reference, ofTraffic(name, 'drifted')), gap(reference, present(name, [2023, 2024]))];
    const moved = gaps.map((each) => each > 0.15);
    const still = gaps.map((each) => each < 0.07);
    expect(['home_form', 'league'].includes(name) ? moved : still).toEqual([true, true]);
  });
});
