import { describe, expect, it } from 'vitest';
import { waitFor } from '../../../support/wait-for.ts';
import type { ExecutorHouse } from './house.ts';
import { logOf, said } from './house.ts';

/** Ends by itself when it is told to, after its last words. */
const GENTLE = "trap 'echo told; exit 7' TERM; echo up; while :; do sleep 0.05; done";
const DEAF = "trap '' TERM; echo up; while :; do sleep 0.05; done";

export function cancels(house: () => ExecutorHouse): void {
  describe('cancelling', () => {
    it('tells a step to end, and takes its answer', async () => {
      const handle = house().start(GENTLE);
      await said(handle, 'up');
      handle.cancel();
      handle.cancel();
      expect(await handle.exit).toMatchObject({ code: 7, how: 'cancelled', reason: 'it was cancelled' });
      // some shells say of their children that they were terminated
      expect(await logOf(handle)).toMatch(/^up\n(Terminated\n)?told\n$/);
    });

    it('ends one that does not listen when its grace is over', async () => {
      const handle = house().start(DEAF, { graceMs: 300 });
      await said(handle, 'up');
      const began = performance.now();
      handle.cancel();
      expect(await handle.exit).toMatchObject({ code: null, how: 'cancelled' });
      expect(performance.now() - began).toBeGreaterThan(299);
    });

    it('gives what the shell started its time, also when the shell itself is gone at once', async () => {
      const child = `sh -c 'trap "sleep 0.5; echo saved; exit" TERM; echo up; while :; do sleep 0.05; done'`;
      const handle = house().start(`${child}; echo not reached`);
      await said(handle, 'up');
      handle.cancel();
      expect(await handle.exit).toMatchObject({ how: 'cancelled' });
      expect(await logOf(handle)).toMatch(/^up\n(Terminated\n)?saved\n$/);
    });

    it('works before it has begun, and changes nothing after its end', async () => {
      const never = house().start('echo begun; sleep 60');
      never.cancel();
      expect(await never.exit).toMatchObject({ how: 'cancelled' });
      const ended = house().start('exit 4');
      const exit = await ended.exit;
      ended.cancel();
      expect(await ended.exit).toBe(exit);
      expect(exit.how).toBe('exited');
    });
  });
}

export function keepsTime(house: () => ExecutorHouse): void {
  describe('a step that takes too long', () => {
    it('is told to end, and ended when it does not listen', async () => {
      const gentle = house().start(GENTLE, { timeoutMs: 400 });
      const deaf = house().start(DEAF, { timeoutMs: 400, graceMs: 200 });
      const reason = 'it took longer than 0.4 seconds';
      expect(await gentle.exit).toMatchObject({ code: 7, how: 'timeout', reason });
      expect(await deaf.exit).toMatchObject({ code: null, how: 'timeout', reason });
      expect((await gentle.exit).usage?.seconds).toBeGreaterThan(0.39);
    });

    it('is not one that ends in time', async () => {
      expect(await house().run('exit 5', { timeoutMs: 60_000 })).toMatchObject({ code: 5, how: 'exited' });
    });

    it('is ended also while nobody is there who asked for it', async () => {
      const { id } = house().task('', { id: 'run/slow/1' });
      await said(house().start(GENTLE, { id, timeoutMs: 500 }), 'up');
      await house().again();
      expect(await (await house().adopt(id)).exit).toMatchObject({ code: 7, how: 'timeout' });
    });
  });
}

export function leavesNothing(house: () => ExecutorHouse): void {
  describe('nothing that a step started outlives it:', () => {
    it.each([
      ['a child in the background', 'sleep 600 & echo $!'],
      ['one that does not listen', `sh -c 'trap "" TERM HUP; echo $$; exec sleep 600' &`],
      ['one in a session of its own', `setsid sh -c 'echo $$; exec sleep 600' &`],
      ['one whose parents are gone', `(setsid sh -c '(echo \\$\\$; exec sleep 600) & ' &)`],
      ['one that threw its environment away', `env -i sh -c 'echo $$; exec sleep 600' &`],
      ['a few hundred of them', 'for i in $(seq 200); do sleep 600 & echo $!; done'],
    ])('%s', async (_what, script) => {
      const gate = house().gate();
      const handle = house().start(`${script.replaceAll('\\$', '$')}\n${gate.wait}`);
      await said(handle, '\n');
      await waitFor(async () => (await logOf(handle)).endsWith('\n'));
      gate.open();
      expect(await handle.exit).toMatchObject({ code: 0, how: 'exited' });
      const pids = (await logOf(handle)).trim().split('\n').map(Number);
      expect(pids.every((pid) => pid > 1)).toBe(true);
      expect(pids.filter((pid) => house().lives(pid))).toEqual([]);
    });

    it('also what is just becoming another program, which nobody can tell whose it is', async () => {
      for (let batch = 0; batch < 5; batch++) {
        const handles = Array.from({ length: 20 }, () => house().start(`setsid sh -c 'exec sleep 600' & echo $!`));
        await Promise.all(handles.map(({ exit }) => exit));
        const pids = await Promise.all(handles.map(async (handle) => Number(await logOf(handle))));
        expect(pids.filter((pid) => house().lives(pid))).toEqual([]);
      }
    });

    it('whoever ends it', async () => {
      const script = `(setsid sh -c 'trap "" TERM; echo $$; while :; do sleep 0.1; done' &); sleep 600`;
      const cancelled = house().start(script, { graceMs: 200 });
      const late = house().start(script, { graceMs: 200, timeoutMs: 500 });
      const pids = [cancelled, late].map(async (handle) => Number(await said(handle, '\n')));
      const [one, other] = await Promise.all(pids);
      cancelled.cancel();
      expect([(await cancelled.exit).how, (await late.exit).how]).toEqual(['cancelled', 'timeout']);
      expect([one, other].map((pid) => house().lives(pid ?? 0))).toEqual([false, false]);
    });
  });
}
