import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Latencies } from '../../../daemon/serving/host/latencies.ts';

test('before the first request there are no percentiles', () => {
  expect(new Latencies().percentiles(0.5, 0.99)).toEqual([null, null]);
});

test('p50, p95 and p99 are values that were measured', () => {
  const latencies = new Latencies();
  for (let ms = 1; ms <= 100; ms++) latencies.add(ms);
  expect(latencies.percentiles(0.5, 0.95, 0.99, 1)).toEqual([50, 95, 99, 100]);
});

test('only the newest 2,048 count', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 3000 }), (values) => {
      const latencies = new Latencies();
      for (const ms of values) latencies.add(ms);
      const newest = values.slice(-2048);
      expect(latencies.percentiles(0, 1)).toEqual([Math.min(...newest), Math.max(...newest)]);
    }),
    { numRuns: 30 },
  );
});
