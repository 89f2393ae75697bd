import { expect, test } from 'vitest';
import { makesWay } from '../../../schemas/handover.ts';

const STARTED = 1_000;
const NOW = 5_000;

test.each([
  ['0.9.0', '0.10.0', true],
  ['0.10.0', '0.9.0', false],
  ['0.1.0', '0.1.0', false],
  ['1.0.0', '0.9.9', false],
  ['1.2.3-beta', '1.2.4', true],
  ['unknown', '1.0.0', false],
])('a daemon of %s makes way for %s: %s', (version, ours, expected) => {
  expect(makesWay({ version, started_at: STARTED }, { version: ours, builtAt: STARTED - 1 }, NOW)).toBe(expected);
});

test.each([
  ['was made after the daemon began', STARTED + 1, true],
  ['was there before', STARTED - 1, false],
  ['was made in the future, says its file', NOW + 1, false],
])('a build of the same version that %s takes over: %s', (_what, builtAt, expected) => {
  expect(makesWay({ version: '0.1.0', started_at: STARTED }, { version: '0.1.0', builtAt }, NOW)).toBe(expected);
});

test('an older version never takes over, however new its file is', () => {
  expect(makesWay({ version: '0.2.0', started_at: STARTED }, { version: '0.1.0', builtAt: NOW }, NOW)).toBe(false);
});
