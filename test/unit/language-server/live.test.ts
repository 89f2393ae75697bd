import { expect, it } from 'vitest';
import { Live } from '../../../language-server/live/live.ts';
import { SOME_LIVE } from './some-live.ts';

it.each([
  ['file:///c%3A/my%20project', 'file:///c:/my project/parts/a.crisol.yaml', true],
  ['file:///project/', 'file:///project/crisol.yaml', true],
  ['file:///', 'file:///crisol.yaml', true],
  ['file:///project', 'file:///project-2/crisol.yaml', false],
  [null, 'file:///project/crisol.yaml', false],
])('what runs in %s is known of %s: %s', (folder, uri, isKnown) => {
  const live = new Live();
  live.values = { ...SOME_LIVE, folder };
  expect(live.of(uri) !== null).toBe(isKnown);
});
