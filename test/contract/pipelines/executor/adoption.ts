import { describe, expect, it } from 'vitest';
import { waitFor } from '../../../support/wait-for.ts';
import type { ExecutorHouse } from './house.ts';
import { logOf, said } from './house.ts';

const ID = 'run/long/1';
const PATIENT = 'echo begun; until [ -e go ]; do sleep 0.02; done; echo the end; touch ended; exit 6';

export function isTakenOver(house: () => ExecutorHouse): void {
  describe('after the death of who started it', () => {
    it('a step goes on, and is followed to its end', async () => {
      await said(house().start(PATIENT, { id: ID }), 'begun');
      await house().again();
      const handle = await house().adopt(ID);
      await handle.started;
      expect(await logOf(handle)).toBe('begun\n');
      let heard = 0;
      handle.onLog(() => heard++);
      house().workspace.write('go', '');
      expect(await handle.exit).toMatchObject({ code: 6, how: 'exited', usage: { seconds: expect.any(Number) } });
      expect(await logOf(handle)).toBe('begun\nthe end\n');
      expect(heard).toBeGreaterThan(0);
    });

    it('a step that ended meanwhile is judged by how it ended', async () => {
      await said(house().start(PATIENT, { id: ID }), 'begun');
      await house().executor.dispose();
      house().workspace.write('go', '');
      await waitFor(() => house().workspace.has('ended'));
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
      await said(house().start(PATIENT, { id: ID }), 'begun');
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
      const ids = Array.from({ length: 12 }, (_, n) => `run/step ${n}/1`);
      const scripts = ids.map((_, n) =>
        n % 2 === 0 ? `exit ${n}` : `echo up; until [ -e go ]; do sleep 0.05; done; exit ${n}`,
      );
      const handles = ids.map((id, n) => house().start(scripts[n] ?? '', { id }));
      await Promise.all(handles.map((handle, n) => (n % 2 === 0 ? handle.exit : said(handle, 'up'))));
      await house().again();
      const adopted = await Promise.all(ids.map((id) => house().adopt(id)));
      house().workspace.write('go', '');
      const exits = await Promise.all(adopted.map(({ exit }) => exit));
      expect(exits.map(({ code }) => code)).toEqual(ids.map((_, n) => n));
    });
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
