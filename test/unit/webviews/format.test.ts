import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as format from '../../../webviews/shared/format.ts';

describe('numbers', () => {
  test.each([
    [0.612345, '0.6123'],
    [0.5, '0.5000'],
    [12.3456, '12.35'],
    [1234.5, '1,235'],
    [42, '42'],
    [0, '0'],
    [-3.25, '−3.250'],
    [1234567, '1,234,567'],
    [0.00001234, '1.234e-5'],
    [-4.35e13, '−4.350e+13'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NEGATIVE_INFINITY, '−∞'],
    [null, '–'],
    [undefined, '–'],
  ])('%s is shown as %s', (value, shown) => {
    expect(format.formatNumber(value)).toBe(shown);
  });

  test.each([
    [0.1, '0.1'],
    [0.004, '0.004'],
    [100, '100'],
    [2.5e10, '2.5e+10'],
  ])('%s, chosen by somebody, is shown as %s', (value, shown) => {
    expect(format.formatShort(value)).toBe(shown);
  });

  test('a change has the decimals of its value, unless it would vanish', () => {
    expect(format.formatChange(0.0041667, 0.6392)).toBe('0.0042');
    expect(format.formatChange(0.00000123, 0.6392)).toBe('1.23e-6');
    expect(format.formatChange(12.4, 1500)).toBe('12');
  });

  test('an axis shows as many decimals as tell its neighbours apart', () => {
    expect([0, 0.05, 0.1].map((value) => format.formatTick(value, 0.05))).toEqual(['0.00', '0.05', '0.10']);
    expect([0, 5000].map((value) => format.formatTick(value, 5000))).toEqual(['0', '5,000']);
    expect(format.formatTick(3e12, 1e12)).toBe('3e+12');
  });

  test('small numbers have their four digits, too: a learning rate is one', () => {
    expect([0.0001234, 0.0009876, 0.000100100100101].map(format.formatNumber)).toEqual([
      '0.0001234',
      '0.0009876',
      '0.0001001',
    ]);
  });

  test('every number has a short text that reads back as about the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), (value) => {
        const text = format.formatNumber(value);
        expect(text.length).toBeLessThanOrEqual(14);
        const read = Number(text.replace('−', '-').replaceAll(',', ''));
        expect(Math.abs(read - value)).toBeLessThanOrEqual(Math.abs(value) * 0.001);
      }),
    );
  });

  test('shares, p-values and counts carry their unit', () => {
    expect(format.formatPercent(0.6123, 1)).toBe('61.2 %');
    expect(format.formatPercent(Number.NaN)).toBe('–');
    expect(format.formatPValue(3e-12)).toBe('< 0.0001');
    expect(format.formatPValue(0.41)).toBe('0.4100');
    expect(format.formatCount(1, 'request')).toBe('1 request');
    expect(format.formatCount(1200, 'request')).toBe('1,200 requests');
  });
});

describe('times', () => {
  test.each([
    [5_000, 'just now'],
    [30_000, '30 seconds ago'],
    [120_000, '2 minutes ago'],
    [7_200_000, '2 hours ago'],
    [172_800_000, '2 days ago'],
  ])('%s ms back is %s', (passed, shown) => {
    expect(format.formatAgo(1e12 - passed, 1e12)).toBe(shown);
  });

  test('an age reads the same until it is said to change, and otherwise then', () => {
    const passed = fc.oneof(fc.integer({ min: -100_000, max: 200_000 }), fc.integer({ min: 0, max: 1e10 }));
    fc.assert(
      fc.property(passed, (ms) => {
        const [at, now] = [1e12 - ms, 1e12];
        const wait = format.agoChangesIn(at, now);
        const before = format.formatAgo(at, now);
        expect(format.formatAgo(at, now + wait - 1)).toBe(before);
        expect(format.formatAgo(at, now + wait)).not.toBe(before);
      }),
    );
  });
});
