import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MetricPoint } from '../../../schemas/wire/tracking.ts';
import { Curves } from '../../../webviews/table/curves/curves.ts';
import { outlineOf, SPARK_HEIGHT, SPARK_WIDTH } from '../../../webviews/table/curves/outline.ts';

const points = (...values: MetricPoint[2][]) => values.map((value, step): MetricPoint => [step, 0, value]);
const loss = (...values: MetricPoint[2][]) => ({ key: 'loss', total: values.length, points: points(...values) });

describe('the outline of a curve', () => {
  test.each([
    ['falls', points(3, 2, 1), 'M1 1L24 8L47 15'],
    ['is flat', points(2, 2), 'M1 8L47 8'],
    ['has a gap where nothing is a number', points(1, 'NaN', 3, 2), 'M1 15M31.7 1L47 8'],
    ['is empty without numbers', points('NaN', 'Infinity'), ''],
  ])('%s', (_, given, expected) => {
    expect(outlineOf({ points: given })).toBe(expected);
  });

  test('stays within its cell, whatever was logged', () => {
    const value = fc.oneof(fc.double(), fc.constantFrom<MetricPoint[2]>('NaN', 'Infinity', '-Infinity'));
    const point = fc.tuple(fc.maxSafeInteger(), fc.nat(), value);
    fc.assert(
      fc.property(fc.array(point), (list) => {
        const sorted = list.toSorted(([a], [b]) => a - b) as MetricPoint[];
        const outline = outlineOf({ points: sorted });
        for (const [, x, y] of outline.matchAll(/[ML](\S+?) ([^ML]+)/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(1);
          expect(Number(x)).toBeLessThanOrEqual(SPARK_WIDTH - 1);
          expect(Number(y)).toBeGreaterThanOrEqual(1);
          expect(Number(y)).toBeLessThanOrEqual(SPARK_HEIGHT - 1);
        }
        expect(outline).toMatch(/^([ML][\d.]+ [\d.]+)*$/);
      }),
    );
  });
});

describe('curves of many runs', () => {
  test('are asked for once, also those that a run does not have', () => {
    const curves = new Curves();
    expect(curves.wanted(['a', 'b'], ['loss'])).toEqual({ run_ids: ['a', 'b'], missing: true });
    curves.ask(['a', 'b'], ['loss']);
    expect(curves.wanted(['a', 'b'], ['loss']).run_ids).toEqual([]);
    curves.put([
      { run_id: 'a', series: [loss(1, 2)] },
      { run_id: 'b', series: [loss(1)] },
    ]);
    expect([curves.outline('a', 'loss'), curves.outline('b', 'loss')]).toEqual(['M1 15L47 1', '']);
    expect(curves.wanted(['a', 'b'], ['loss']).run_ids).toEqual([]);
    expect(curves.wanted(['a', 'b'], ['loss', 'f1'])).toEqual({ run_ids: ['a', 'b'], missing: true });
    expect(curves.wanted(['a'], []).run_ids).toEqual([]);
  });

  test('of what changed are asked for again, and shown meanwhile', () => {
    const curves = new Curves();
    curves.ask(['a'], ['loss']);
    curves.put([{ run_id: 'a', series: [loss(1, 2)] }]);
    curves.changed(['a', 'never seen']);
    expect(curves.wanted(['a'], ['loss'])).toEqual({ run_ids: ['a'], missing: false });
    expect(curves.outline('a', 'loss')).toBe('M1 15L47 1');
  });

  test('of what changed while an answer was on its way are asked for again', () => {
    const curves = new Curves();
    curves.ask(['a'], ['loss']);
    curves.changed(['a']);
    curves.put([{ run_id: 'a', series: [loss(1, 2)] }]);
    expect(curves.wanted(['a'], ['loss'])).toEqual({ run_ids: ['a'], missing: false });
  });

  test('that are not answered are asked for again after a break', () => {
    const curves = new Curves();
    curves.ask(['a'], ['loss']);
    curves.askAgain();
    expect(curves.wanted(['a'], ['loss']).run_ids).toEqual(['a']);
  });

  test('are forgotten when nobody looked at them for thousands of others', () => {
    const curves = new Curves();
    for (let at = 0; at < 6000; at++) curves.put([{ run_id: `r${at}`, series: [loss(1, 2)] }]);
    expect([curves.outline('r0', 'loss'), curves.outline('r5999', 'loss')]).toEqual([undefined, 'M1 15L47 1']);
  });
});
