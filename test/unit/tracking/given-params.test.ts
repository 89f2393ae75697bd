import { describe, expect, it } from 'vitest';
import { givenParams } from '../../../daemon/tracking/given-params.ts';

describe('params that a run is begun with', () => {
  it('are its leaves, by dotted names, as text', () => {
    const values = { train: { lr: 0.00001, layers: [3, 4], on: true }, name: 'a b', none: null, empty: {} };
    expect(givenParams(values)).toEqual([
      { key: 'train.lr', value: '0.00001' },
      { key: 'train.layers', value: '[3,4]' },
      { key: 'train.on', value: 'true' },
      { key: 'name', value: 'a b' },
      { key: 'none', value: 'null' },
      { key: 'empty', value: '{}' },
    ]);
  });

  it('are neither more nor longer than clients take', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`p${at}`, 'x'.repeat(9000)]));
    const given = givenParams(many);
    expect([given.length, given[0]?.value.length]).toEqual([200, 6000]);
  });
});
