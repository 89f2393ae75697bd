import { expect, test } from 'vitest';
import { VirtualClock } from '../../support/virtual-clock.ts';

test('actions run at their own moment, in order, and only as far as time passed', async () => {
  const clock = new VirtualClock(0);
  const seen: [string, number][] = [];
  const note = (name: string) => () => void seen.push([name, clock.now()]);
  clock.after(30, note('late'));
  clock.after(10, () => {
    note('early')();
    clock.after(5, note('planned by early'));
  });
  await clock.advance(20);
  expect(seen).toEqual([
    ['early', 10],
    ['planned by early', 15],
  ]);
  expect(clock.now()).toBe(20);
  await clock.advance(10);
  expect(seen.at(-1)).toEqual(['late', 30]);
});

test('a cancelled action does not run', async () => {
  const clock = new VirtualClock();
  let ran = false;
  clock.after(1, () => {
    ran = true;
  })();
  await clock.advance(1000);
  expect(ran).toBe(false);
  expect(clock.waiting).toBe(0);
});
