import { expect, it } from 'vitest';
import { Tally } from '../../../tools/check/tally.ts';

it('counts checks and tests together, and ends with 0 when all of them passed', () => {
  const tally = new Tally();
  tally.add({ passed: 40, failed: 0 });
  tally.count(undefined);
  expect([tally.sum, tally.exitCode]).toEqual(['41 passed, 0 failed', 0]);
});

it('ends with 1 when one of them failed', () => {
  const tally = new Tally();
  tally.add({ passed: 40, failed: 0 });
  tally.count('types of daemon');
  expect([tally.sum, tally.exitCode]).toEqual(['40 passed, 1 failed', 1]);
});

it('ends with 1 when nothing was tried', () => {
  expect(new Tally().exitCode).toBe(1);
});

it('says at the end what failed, each in short, before the sum', () => {
  const tally = new Tally();
  tally.add({ passed: 2, failed: 1, complaints: ['a.test.ts > adds\nexpected 3 to be 2\n'] });
  tally.count(`types of daemon\n${'error\n'.repeat(50)}`);
  const lines = tally.report.split('\n');
  expect(lines.slice(0, 5)).toEqual([
    '',
    'What failed:',
    '✗ a.test.ts > adds',
    '  expected 3 to be 2',
    '✗ types of daemon',
  ]);
  expect(lines.slice(-3)).toEqual(['  …', '', '2 passed, 2 failed']);
});
