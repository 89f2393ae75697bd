import { expect, it } from 'vitest';
import { parseSource, refuseRelative } from '../../../../daemon/http/mlflow/source-uris.ts';
import { processorTime } from '../../../support/processor-time.ts';

it('a source is read in whatever way it is encoded', () => {
  expect(parseSource('s3://bucket/a%2520b/c').parts).toEqual(['a b', 'c']);
  expect(() => refuseRelative(parseSource('s3://bucket/a/%25252e%25252e/c'))).toThrow('Invalid model version source');
});

it('one that is encoded over and over, or has no end, is refused at once', () => {
  const spent = processorTime();
  for (const times of [20, 4000, 1_000_000]) {
    expect(() => parseSource(`s3://bucket/%${'25'.repeat(times)}`)).toThrow('Invalid model version source');
  }
  expect(spent()).toBeLessThan(1000);
});
