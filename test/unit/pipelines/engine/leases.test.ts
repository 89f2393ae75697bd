import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Paths } from '../../../../daemon/pipelines/engine/leases.ts';
import { Leases } from '../../../../daemon/pipelines/engine/leases.ts';

const never = new AbortController().signal;
const flush = () => new Promise<void>((resolve) => setImmediate(resolve));

async function isFree(leases: Leases, paths: Paths): Promise<boolean> {
  const giveUp = new AbortController();
  const taken = leases.acquire(paths, giveUp.signal).then(
    (giveBack) => {
      giveBack();
      return true;
    },
    () => false,
  );
  await flush();
  giveUp.abort(new Error('not free'));
  return taken;
}

it.each([
  ['the same file', 'build/a', 'build/a', false],
  ['a folder and what is in it', 'build', 'build/a', false],
  ['what is in a folder that is read', 'build/deep/a', 'build', false],
  ['the whole workspace', '.', 'build/a', false],
  ['files side by side', 'build/a', 'build/b', true],
  ['names that begin alike', 'build', 'build2/a', true],
])('%s: written by one, read by another', async (_what, written, read, free) => {
  const leases = new Leases();
  await leases.acquire({ reads: [], writes: [written] }, never);
  expect(await isFree(leases, { reads: [read], writes: [] })).toBe(free);
  expect(await isFree(leases, { reads: [], writes: [read] })).toBe(free);
});

it('lets everybody read at the same time, and who writes waits for all of them', async () => {
  const leases = new Leases();
  const one = await leases.acquire({ reads: ['a'], writes: [] }, never);
  const other = await leases.acquire({ reads: ['a'], writes: [] }, never);
  let wrote = false;
  const writing = leases.acquire({ reads: [], writes: ['a'] }, never).then(() => (wrote = true));
  one();
  await flush();
  expect(wrote).toBe(false);
  other();
  await writing;
  expect(wrote).toBe(true);
});

it('forgets who no longer waits', async () => {
  const leases = new Leases();
  const giveBack = await leases.acquire({ reads: [], writes: ['a'] }, never);
  const cancel = new AbortController();
  const waiting = leases.acquire({ reads: [], writes: ['a'] }, cancel.signal);
  cancel.abort(new Error('cancelled'));
  await expect(waiting).rejects.toThrow('cancelled');
  giveBack();
  expect(await isFree(leases, { reads: [], writes: ['a'] })).toBe(true);
});

it('never lets two write or read and write the same at once, whoever comes and goes, and serves all in the end', async () => {
  const path = fc.constantFrom('a', 'a/b', 'c', 'c/d', '.');
  const paths = fc.record({ reads: fc.array(path, { maxLength: 2 }), writes: fc.array(path, { maxLength: 2 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(paths, { maxLength: 12 }), fc.scheduler(), async (wishes, scheduler) => {
      const leases = new Leases();
      const held = new Set<Paths>();
      const within = (one: string, other: string) => one === other || other === '.' || one.startsWith(`${other}/`);
      const touches = (some: string[], others: string[]) =>
        some.some((one) => others.some((other) => within(one, other) || within(other, one)));
      const all = wishes.map(async (wish) => {
        const giveBack = await leases.acquire(wish, never);
        for (const other of held) {
          expect(touches(wish.writes, [...other.reads, ...other.writes] as string[])).toBe(false);
          expect(touches(wish.reads, other.writes as string[])).toBe(false);
        }
        held.add(wish);
        await scheduler.schedule(Promise.resolve());
        held.delete(wish);
        giveBack();
      });
      await scheduler.waitFor(Promise.all(all));
    }),
  );
});
