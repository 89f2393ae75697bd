import { beforeEach, describe, expect, it } from 'vitest';
import { IdleExit } from '../../../daemon/life/index.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const MINUTE = 60_000;
let clock: VirtualClock;
let busy: string[];
let left: string[];
let idle: IdleExit;

function start(minutes: number): void {
  clock = new VirtualClock();
  busy = [];
  left = [];
  const leave = (reason: string) => left.push(reason);
  idle = new IdleExit({ clock, idleMs: minutes * MINUTE, busy: () => busy, leave });
}
beforeEach(() => start(15));

describe('leaves', () => {
  it('when nobody used it for as long as it was told, and not before', async () => {
    await clock.advance(15 * MINUTE - 1);
    expect(left).toEqual([]);
    await clock.advance(1);
    expect(left).toEqual(['nobody used it for a while']);
  });

  it('that long after the last use', async () => {
    await clock.advance(14 * MINUTE);
    idle.used();
    await clock.advance(15 * MINUTE - 1);
    expect(left).toEqual([]);
    await clock.advance(1);
    expect(left).toHaveLength(1);
  });

  it('never while something keeps it here, and that long after it ended', async () => {
    busy = ['a pipeline runs'];
    await clock.advance(24 * 60 * MINUTE);
    expect(left).toEqual([]);
    busy = [];
    idle.used();
    await clock.advance(15 * MINUTE);
    expect(left).toHaveLength(1);
  });

  it('never once it is disposed of', async () => {
    idle.dispose();
    await clock.advance(60 * MINUTE);
    expect(left).toEqual([]);
    expect(clock.waiting).toBe(0);
  });
});

it('waits longer than a timer of the system can', async () => {
  start(60 * 24 * 60);
  const delays: number[] = [];
  const watched = {
    now: () => clock.now(),
    after(ms: number, action: () => void) {
      delays.push(ms);
      return clock.after(ms, action);
    },
  };
  const leave = (reason: string) => left.push(reason);
  new IdleExit({ clock: watched, idleMs: 60 * 24 * 60 * MINUTE, busy: () => [], leave });
  await clock.advance(59 * 24 * 60 * MINUTE);
  expect(left).toEqual([]);
  // a longer one would fire at once, and again, and again
  expect(Math.max(...delays)).toBeLessThan(2 ** 31);
  await clock.advance(24 * 60 * MINUTE);
  expect(left).not.toEqual([]);
});

describe('hands over to a newer one', () => {
  it('when the work under way has ended, and only then', () => {
    let work = ['a pipeline runs'];
    idle.leaveAfter(() => work);
    idle.workChanged();
    expect(left).toEqual([]);
    work = [];
    idle.workChanged();
    expect(left).toEqual(['a newer one takes over']);
  });

  it('at once when there is none', () => {
    idle.leaveAfter(() => []);
    expect(left).toHaveLength(1);
  });
});
