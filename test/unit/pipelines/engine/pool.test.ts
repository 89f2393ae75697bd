import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Pool } from '../../../../daemon/pipelines/engine/pool.ts';

const never = new AbortController().signal;
const flush = () => new Promise<void>((resolve) => setImmediate(resolve));
const GIB = 2 ** 30;
const machine = { cpus: 4, memoryBytes: 8 * GIB, gpus: 2 };
const wants = (cpus: number, memoryBytes: number | null = null, gpus = 0) => ({ cpus, memoryBytes, gpus });

it('starts as many steps as there are processors, memory and graphics processors for', async () => {
  const pool = new Pool(machine);
  const begun: string[] = [];
  const start = (name: string, resources: ReturnType<typeof wants>) =>
    pool.acquire('run', resources, never).then((share) => {
      begun.push(name);
      return share;
    });
  const a = start('a', wants(2, 6 * GIB));
  void start('too much memory', wants(1, 4 * GIB));
  void start('b', wants(2, 1 * GIB));
  void start('no processor left', wants(0.5));
  await flush();
  expect(begun).toEqual(['a', 'b']);
  (await a).release();
  await flush();
  expect(begun).toEqual(['a', 'b', 'too much memory', 'no processor left']);
});

it('gives each step graphics processors of its own', async () => {
  const pool = new Pool(machine);
  const one = await pool.acquire('run', wants(1, null, 1), never);
  const other = await pool.acquire('run', wants(1, null, 1), never);
  expect([one.gpus, other.gpus]).toEqual([[0], [1]]);
  one.release();
  expect((await pool.acquire('run', wants(1, null, 1), never)).gpus).toEqual([0]);
});

it('of a step that runs already takes the graphics processors that it has, and gives no other step these', async () => {
  const pool = new Pool(machine);
  const adopted = pool.take('run', wants(1, null, 1), [1]);
  const next = await pool.acquire('run', wants(1, null, 1), never);
  expect([adopted.gpus, next.gpus]).toEqual([[1], [0]]);
  adopted.release();
  expect((await pool.acquire('run', wants(1, null, 1), never)).gpus).toEqual([1]);
});

it('gives a step that wants more than there is all of it, alone', async () => {
  const pool = new Pool(machine);
  const all = await pool.acquire('run', wants(64, 999 * GIB, 9), never);
  expect(all.gpus).toEqual([0, 1]);
  let begun = false;
  const next = pool.acquire('run', wants(1), never).then(() => (begun = true));
  await flush();
  expect(begun).toBe(false);
  all.release();
  await next;
});

it('serves the run that uses least first, so that a small one does not wait for a large one', async () => {
  const pool = new Pool({ ...machine, cpus: 2 });
  const large = [await pool.acquire('large', wants(1), never), await pool.acquire('large', wants(1), never)];
  const order: string[] = [];
  const wait = (run: string) => pool.acquire(run, wants(1), never).then(() => order.push(run));
  const waiting = [wait('large'), wait('large'), wait('small')];
  large[0]?.release();
  await flush();
  expect(order).toEqual(['small']);
  large[1]?.release();
  await flush();
  expect(order).toEqual(['small', 'large']);
  void waiting;
});

it('never gives more than there is, and all of it back', async () => {
  const resources = fc.record({
    cpus: fc.constantFrom(0.1, 0.5, 1, 2, 8),
    memoryBytes: fc.option(fc.integer({ min: 1, max: 16 * GIB })),
    gpus: fc.nat({ max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(resources, { maxLength: 20 }), fc.scheduler(), async (all, scheduler) => {
      const pool = new Pool(machine);
      const used = { cpus: 0, memory: 0 };
      const gpus = new Set<number>();
      const work = all.map(async (one, at) => {
        const share = await pool.acquire(`run ${at % 3}`, one, never);
        const cpus = Math.min(one.cpus, machine.cpus);
        const memory = Math.min(one.memoryBytes ?? 0, machine.memoryBytes);
        used.cpus += cpus;
        used.memory += memory;
        for (const gpu of share.gpus) expect(gpus.has(gpu)).toBe(false);
        for (const gpu of share.gpus) gpus.add(gpu);
        expect(used.cpus).toBeLessThan(machine.cpus + 1e-6);
        expect(used.memory).toBeLessThanOrEqual(machine.memoryBytes);
        await scheduler.schedule(Promise.resolve());
        used.cpus -= cpus;
        used.memory -= memory;
        for (const gpu of share.gpus) gpus.delete(gpu);
        share.release();
      });
      await scheduler.waitFor(Promise.all(work));
      expect((await pool.acquire('last', wants(4, 8 * GIB, 2), never)).gpus).toHaveLength(2);
    }),
  );
});
