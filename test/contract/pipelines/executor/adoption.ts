import { describe, expect, it } from 'vitest';
import { waitFor } from '../../../support/wait-for.ts';
import type { ExecutorHouse } from './house.ts';
import { logOf, said } from './house.ts';

const ID = 'run/long/1';

/** Runs until its gate is opened; it says first as which process. */
async function begunAndWaiting(house: ExecutorHouse) {
  const gate = house.gate();
  const log = await said(house.start(`echo $$ begun; ${gate.wait}; echo the end; exit 6`, { id: ID }), 'begun\n');
  return { gate, pid: Number.parseInt(log, 10) };
}

export function isTakenOver(house: () => ExecutorHouse): void {
  describe('after the death of who started it', () => {
    it('a step goes on, and is followed to its end', async () => {
      const { gate, pid } = await begunAndWaiting(house());
      await house().again();
      const handle = await house().adopt(ID);
      await handle.started;
      expect(await logOf(handle)).toBe(`${pid} begun\n`);
      let heard = 0;
      handle.onLog(() => heard++);
      gate.open();
      expect(await handle.exit).toMatchObject({ code: 6, how: 'exited', usage: { seconds: expect.any(Number) } });
      expect(await logOf(handle)).toBe(`${pid} begun\nthe end\n`);
      expect(heard).toBeGreaterThan(0);
    });

    it('a step that ended meanwhile is judged by how it ended', async () => {
      const { gate, pid } = await begunAndWaiting(house());
      await house().executor.dispose();
      gate.open();
      await waitFor(() => !house().lives(pid));
      await house().again();
      const handle = await house().adopt(ID);
      expect(await handle.exit).toMatchObject({ code: 6, how: 'exited' });
      expect(await handle.log(-9, 100)).toMatchObject({ bytes: Buffer.from('\nthe end\n'), ended: true });
    });

    it('a step that ended long before is known, and can still be read', async () => {
      await house().run('echo words; exit 2', { id: ID });
      await house().again();
      const handle = await house().adopt(ID);
      expect(await handle.exit).toMatchObject({ code: 2, how: 'exited' });
      expect(await logOf(handle)).toBe('words\n');
      handle.onLog(() => {}).dispose();
      handle.cancel();
    });

    it('a step can be cancelled', async () => {
      await begunAndWaiting(house());
      await house().again();
      const handle = await house().adopt(ID);
      handle.cancel();
      expect(await handle.exit).toMatchObject({ how: 'cancelled' });
    });
  });
}

export function knowsWhatItStarted(house: () => ExecutorHouse): void {
  describe('after the death of who started them', () => {
    it('many are taken over, each as it is', async () => {
      const gate = house().gate();
      const ids = Array.from({ length: 12 }, (_, n) => `run/step ${n}/1`);
      const scripts = ids.map((_, n) => (n % 2 === 0 ? `exit ${n}` : `echo up; ${gate.wait}; exit ${n}`));
      const handles = ids.map((id, n) => house().start(scripts[n] ?? '', { id }));
      await Promise.all(handles.map((handle, n) => (n % 2 === 0 ? handle.exit : said(handle, 'up'))));
      await house().again();
      const adopted = await Promise.all(ids.map((id) => house().adopt(id)));
      gate.open();
      const exits = await Promise.all(adopted.map(({ exit }) => exit));
      expect(exits.map(({ code }) => code)).toEqual(ids.map((_, n) => n));
    });
  });

  it('what a step made is brought back once, whoever was there when it ended', async () => {
    const gate = house().gate();
    const script = `echo begun; ${gate.wait}; echo made > out.txt`;
    await said(house().start(script, { id: ID, writes: ['out.txt'] }), 'begun');
    await house().again();
    const handle = await house().adopt(ID);
    gate.open();
    await handle.exit;
    expect(house().workspace.read('out.txt')).toBe('made\n');
    // it is what a later step made of it
    house().workspace.write('out.txt', 'later');
    await house().again();
    await (await house().adopt(ID)).exit;
    expect(house().workspace.read('out.txt')).toBe('later');
  });

  it('nobody knows a step that was never started', async () => {
    expect(await house().executor.adopt('run/never/1')).toBeUndefined();
    await house().run('true');
    expect(await house().executor.adopt('run/never/1')).toBeUndefined();
  });

  it('a step that is known already is the same', async () => {
    const handle = house().start('sleep 60', { id: ID });
    expect(await house().executor.adopt(ID)).toBe(handle);
    await house().again();
    const [one, other] = await Promise.all([house().adopt(ID), house().adopt(ID)]);
    expect(one).toBe(other);
  });
}
