import { expect, test } from 'vitest';
import { isOlder } from '../../../../extension/daemon/version.ts';

test.each([
  ['0.9.0', '0.10.0', true],
  ['0.1.0', '0.1.0', false],
  ['1.0.0', '0.9.9', false],
  ['1.2.3-beta', '1.2.4', true],
  ['unknown', '1.0.0', false],
])('%s is older than %s: %s', (version, than, expected) => {
  expect(isOlder(version, than)).toBe(expected);
});
