import { expect, it } from 'vitest';
import { timeZones } from '../../../language-server/features/completion/clock.ts';

it('all time zones are offered, the default first and once', () => {
  const labels = timeZones('UTC').map(({ label }) => label);
  expect(labels[0]).toBe('UTC');
  expect(new Set(labels).size).toBe(labels.length);
  expect(labels).toEqual(expect.arrayContaining(['Europe/Madrid', 'America/New_York']));
});
