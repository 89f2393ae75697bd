import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planPromotion } from '../../../daemon/registry/promotion.ts';
import { parseModelRef } from '../../../schemas/model-ref.ts';
import type { ModelVersion, Stage } from '../../../schemas/wire/registry.ts';

const version = (number: number, stage: Stage): ModelVersion => {
  return { version: number, stage, created_at: 0, created_by: '', description: '', run_id: null, metrics: {} };
};

function carryOut(versions: ModelVersion[], number: number, to: Stage): void {
  const from = versions.find(({ version }) => version === number)?.stage ?? to;
  if (from === to) return;
  for (const move of planPromotion({ name: 'm', versions }, { version: number, from, to }).moves) {
    for (const one of versions) if (one.version === move.version) one.stage = move.to;
  }
  expect(versions.find(({ version }) => version === number)?.stage).toBe(to);
}

describe('the plan of a promotion', () => {
  it('archives the version that stood there, and says so', () => {
    const model = { name: 'm', versions: [version(2, 'staging'), version(1, 'production')] };
    const { moves, effects } = planPromotion(model, { version: 2, from: 'staging', to: 'production' });
    expect(moves).toEqual([
      { version: 1, from: 'production', to: 'archived' },
      { version: 2, from: 'staging', to: 'production' },
    ]);
    expect(effects).toEqual([
      'v2 moves from staging to production',
      'v1 leaves production and is archived',
      'm@production means v2 from then on',
      'm@staging means no version any more',
    ]);
  });

  it('warns when an older version replaces a newer one', () => {
    const model = { name: 'm', versions: [version(2, 'production'), version(1, 'archived')] };
    const { effects } = planPromotion(model, { version: 1, from: 'archived', to: 'production' });
    expect(effects).toContain('v1 is older than v2, which it replaces');
  });

  it('never leaves two versions in staging or in production, whatever is moved in whatever order', () => {
    const stages = fc.constantFrom<Stage>('development', 'staging', 'production', 'archived');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), stages)), (requests) => {
        const versions = [5, 4, 3, 2, 1].map((number) => version(number, 'development'));
        for (const [number, to] of requests) {
          carryOut(versions, number, to);
          const held = versions
            .map(({ stage }) => stage)
            .filter((stage) => stage === 'staging' || stage === 'production');
          expect(new Set(held).size).toBe(held.length);
        }
      }),
    );
  });
});

describe('a reference', () => {
  it.each([
    ['m', { name: 'm', which: 'best' }],
    ['m@production', { name: 'm', which: { stage: 'production' } }],
    ['m/12', { name: 'm', which: { version: 12 } }],
    ['a@b@staging', { name: 'a@b', which: { stage: 'staging' } }],
    ['a@b', { name: 'a', which: { alias: 'b' } }],
    ['a@b c', { name: 'a@b c', which: 'best' }],
    ['a@', { name: 'a@', which: 'best' }],
    ['@production', { name: '@production', which: 'best' }],
  ] as const)('%s', (ref, meaning) => {
    expect(parseModelRef(ref)).toEqual(meaning);
  });
});
