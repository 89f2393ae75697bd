import type { Clock } from '../../base/clock.ts';

/** A clock may be set back meanwhile. */
export const secondsSince = (started: number | null | undefined, clock: Clock): number => {
  const now = clock.now();
  return Math.max(0, now - (started ?? now)) / 1000;
};
