import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { StepHandle } from '../../../../daemon/pipelines/executors/port.ts';
import { waitFor } from '../../../support/wait-for.ts';
import type { ExecutorHouse } from './house.ts';
import { logOf, said } from './house.ts';

/** All of it, in pages, as somebody follows it: heard, not looked for. */
async function followed(handle: StepHandle, page: number): Promise<Buffer> {
  const pages: Buffer[] = [];
  let heard = Promise.withResolvers<void>();
  const listening = handle.onLog(() => heard.resolve());
  try {
    for (let offset = 0; ; ) {
      heard = Promise.withResolvers();
      const part = await handle.log(offset, page);
      pages.push(part.bytes);
      offset = part.nextOffset;
      if (part.ended) return Buffer.concat(pages);
      if (part.bytes.length === 0) await heard.promise;
    }
  } finally {
    listening.dispose();
  }
}

export function keepsOutput(house: () => ExecutorHouse): void {
  describe('the output of a step', () => {
    it('is both of its streams, in the order in which it wrote', async () => {
      const { log } = await house().run('echo one; echo two >&2; echo three');
      expect(log).toBe('one\ntwo\nthree\n');
    });

    it('is none of one that says nothing, or never ran', async () => {
      for (const more of [{}, { folder: 'nowhere/at/all' }]) {
        const handle = house().start('true', more);
        await handle.exit;
        expect(await handle.log(0, 100)).toEqual({ bytes: Buffer.alloc(0), nextOffset: 0, size: 0, ended: true });
      }
    });

    it('is any bytes, unchanged', async () => {
      const bytes = randomBytes(300_000);
      house().workspace.write('bytes', bytes);
      expect(await followed(house().start('cat bytes', { reads: ['bytes'] }), 70_000)).toEqual(bytes);
    });

    it('is read from anywhere, also from the end', async () => {
      const handle = house().start('printf 0123456789');
      await handle.exit;
      const read = async (offset: number, most: number) => {
        const { bytes, size, ...rest } = await handle.log(offset, most);
        expect(size).toBe(10);
        return [bytes.toString(), rest.nextOffset, rest.ended];
      };
      expect(await read(0, 4)).toEqual(['0123', 4, false]);
      expect(await read(8, 4)).toEqual(['89', 10, true]);
      expect(await read(-3, 2)).toEqual(['78', 9, false]);
      expect(await read(-99, 4)).toEqual(['0123', 4, false]);
      expect(await read(10, 4)).toEqual(['', 10, true]);
      expect(await read(1e15, 4)).toEqual(['', 1e15, true]);
    });
  });
}

export function tellsOfOutput(house: () => ExecutorHouse): void {
  describe('the output of a step that runs', () => {
    it('is heard of while it is written, and at the end; not by who listens no more', async () => {
      const gates = [1, 2, 3].map((i) => house().gate(`gate ${i}`));
      const handle = house().start(gates.map(({ wait }, at) => `echo ${at + 1}; ${wait}`).join('\n'));
      let heard = 0;
      let others = 0;
      handle.onLog(() => heard++);
      handle.onLog(() => others++).dispose();
      for (const [at, gate] of gates.entries()) {
        await said(handle, `${at + 1}\n`);
        const before = heard;
        gate.open();
        await waitFor(() => heard > before, { what: 'more to be heard' });
      }
      await handle.exit;
      expect(others).toBe(0);
    });

    it('is followed to its last byte, however fast it comes, and seldom heard of', async () => {
      const handle = house().start('seq 1 2000000');
      let heard = 0;
      handle.onLog(() => heard++);
      const lines = (await followed(handle, 256 * 1024)).toString('latin1').split('\n');
      expect([lines.length, lines[0], lines.at(-2)]).toEqual([2_000_001, '1', '2000000']);
      const seconds = (await handle.exit).usage?.seconds ?? 0;
      expect(heard).toBeLessThan(10 + seconds * 25);
    });

    it('is told to have ended only when nothing follows', async () => {
      const gate = house().gate();
      const handle = house().start(`echo a; ${gate.wait}; echo b`);
      await said(handle, 'a');
      expect(await handle.log(0, 100)).toMatchObject({ nextOffset: 2, ended: false });
      gate.open();
      await handle.exit;
      expect(await logOf(handle)).toBe('a\nb\n');
      expect(await handle.log(2, 100)).toMatchObject({ nextOffset: 4, ended: true });
    });
  });
}

export function makesRoom(house: () => ExecutorHouse): void {
  describe('output that there is no room for', () => {
    it('goes from the beginning, of steps that have ended, also those of before; places in the rest stay', async () => {
      const handle = house().start('printf 0123456789', { id: 'over' });
      await handle.exit;
      await said(house().start('printf 0123456789; sleep 60', { id: 'on' }), '9');
      await house().again();
      const { executor } = house();
      const given = { files: 1, bytes: 6 };
      expect(await executor.limitLogs({ perStep: 4, total: 100, dryRun: true })).toEqual(given);
      expect(await executor.limitLogs({ perStep: 4, total: 100 })).toEqual(given);
      expect(await executor.limitLogs({ perStep: 4, total: 100 })).toEqual({ files: 0, bytes: 0 });
      const [over, on] = [await house().adopt('over'), await house().adopt('on')];
      expect(await over.log(8, 10)).toEqual({ bytes: Buffer.from('89'), nextOffset: 10, size: 10, ended: true });
      expect((await over.log(0, 10)).bytes.toString()).toBe('6789');
      expect((await on.log(0, 10)).bytes.toString()).toBe('0123456789');
    });
  });
}
