import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TimedStep } from '../../../../schemas/pipelines/critical-path.ts';
import { criticalPath } from '../../../../schemas/pipelines/critical-path.ts';

const step = (name: string, ms: number, ...needs: string[]): TimedStep => ({ name, ms, needs });

/** Steps that wait for earlier ones only. */
const pipelines = fc
  .array(fc.tuple(fc.nat(100), fc.array(fc.nat(20), { maxLength: 3 })), { maxLength: 12 })
  .map((drawn) =>
    drawn.map(([ms, needs], at) =>
      step(`s${at}`, ms, ...new Set(needs.filter((need) => need < at).map((n) => `s${n}`))),
    ),
  );

describe('the critical path', () => {
  test('is the chain that took longest', () => {
    const steps = [
      step('split', 2),
      step('train', 9, 'split'),
      step('plot', 3, 'split'),
      step('report', 1, 'train', 'plot'),
    ];
    expect(criticalPath(steps)).toEqual({ names: ['split', 'train', 'report'], ms: 12 });
  });

  test('leaves out what took no time at its ends, and is none where nothing took any', () => {
    expect(criticalPath([step('a', 0), step('b', 5, 'a'), step('c', 0, 'b')])).toEqual({ names: ['b'], ms: 5 });
    expect(criticalPath([step('a', 0), step('b', 0, 'a')])).toBeNull();
    expect(criticalPath([])).toBeNull();
  });

  test('is found beside a circle, and in a chain of ten thousand steps', () => {
    expect(criticalPath([step('a', 5, 'b'), step('b', 5, 'a'), step('c', 1)])).toEqual({ names: ['c'], ms: 1 });
    const chain = Array.from({ length: 10_000 }, (_, at) => step(`s${at}`, 1, ...(at > 0 ? [`s${at - 1}`] : [])));
    expect(criticalPath(chain)?.ms).toBe(10_000);
  });

  test('is a chain of steps that wait for each other, and no other chain takes longer', () => {
    fc.assert(
      fc.property(pipelines, (steps) => {
        const byStep = new Map(steps.map((one) => [one.name, one]));
        const longestTo = (name: string): number => {
          const { ms = 0, needs = [] } = byStep.get(name) ?? {};
          return ms + Math.max(0, ...needs.map(longestTo));
        };
        const found = criticalPath(steps);
        expect(found?.ms ?? 0).toBe(Math.max(0, ...steps.map(({ name }) => longestTo(name))));
        const names = found?.names ?? [];
        for (const [at, name] of names.slice(1).entries()) expect(byStep.get(name)?.needs).toContain(names[at]);
        expect(names.reduce((sum, name) => sum + (byStep.get(name)?.ms ?? 0), 0)).toBe(found?.ms ?? 0);
      }),
    );
  });
});
