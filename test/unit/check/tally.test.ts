import { expect, it } from 'vitest';
import { Tally } from '../../../tools/check/tally.ts';

it('counts checks and tests together, and ends with 0 when all of them passed', () => {
  const tally = new Tally();
  tally.add({ passed: 40, failed: 0 });
  tally.count(true);
  expect([tally.sum, tally.exitCode]).toEqual(['41 passed, 0 failed', 0]);
});

it('ends with 1 when one of them failed', () => {
  const tally = new Tally();
  tally.add({ passed: 40, failed: 0 });
  tally.count(false);
  expect([tally.sum, tally.exitCode]).toEqual(['40 passed, 1 failed', 1]);
});

it('ends with 1 when nothing was tried', () => {
  expect(new Tally().exitCode).toBe(1);
});
