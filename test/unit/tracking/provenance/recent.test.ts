import { expect, test } from 'vitest';
import { Recent } from '../../../../daemon/tracking/provenance/recent.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

/** Answers are numbered by when their making began, and finished by hand. */
function numbered() {
  const clock = new VirtualClock();
  const open: (() => void)[] = [];
  let made = 0;
  const recent = new Recent(
    () => {
      const number = ++made;
      return new Promise<number>((resolve) => open.push(() => resolve(number)));
    },
    clock,
    1000,
  );
  return { clock, recent, finish: () => open.shift()?.(), made: () => made };
}

test('those who ask at about the same time get the same answer', async () => {
  const { clock, recent, finish, made } = numbered();
  const answers = [recent.get(), recent.get()];
  clock.advance(900);
  answers.push(recent.get());
  finish();
  expect(await Promise.all(answers)).toEqual([1, 1, 1]);
  expect(await recent.get()).toBe(1);
  expect(made()).toBe(1);
});

test('who asks later gets a newer one, and at most one is made at a time', async () => {
  const { clock, recent, finish, made } = numbered();
  const first = recent.get();
  clock.advance(1100);
  const later = [recent.get(), recent.get()];
  expect(made()).toBe(1);
  finish();
  expect(await first).toBe(1);
  await Promise.resolve();
  finish();
  expect(await Promise.all(later)).toEqual([2, 2]);
});
