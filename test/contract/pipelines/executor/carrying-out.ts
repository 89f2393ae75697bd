import { describe, expect, it } from 'vitest';
import type { ExecutorHouse } from './house.ts';
import { said } from './house.ts';

/** What a step is given, and how it ends by itself. */
export function carriesOut(house: () => ExecutorHouse): void {
  describe('a step', () => {
    it.each([0, 1, 3, 127, 255])('ends with its own exit code %i', async (code) => {
      expect(await house().run(`exit ${code}`)).toMatchObject({ code, how: 'exited' });
    });

    it('that a signal ended has no code, and the signal is the reason', async () => {
      expect(await house().run('kill -KILL $$')).toMatchObject({
        code: null,
        how: 'signalled',
        reason: 'it was ended by SIGKILL',
      });
    });

    it('ends with its first line that fails, in one shell for all lines', async () => {
      const ended = await house().run('cd /\nx=1\necho $x $PWD\nfalse\necho not reached');
      expect(ended).toMatchObject({ code: 1, how: 'exited', log: '1 /\n' });
    });

    it('has exactly the environment that it was given, and what its shell adds', async () => {
      process.env.CRISOL_TEST_LEAK = 'leaked';
      const env = { PATH: process.env.PATH, SIZE: '3', EMPTY: '', AWKWARD: `a "b" 'c' $d\nñ` };
      const { log } = await house().run('env; printf "%s|" "$SIZE" "$EMPTY" "$AWKWARD"', { env });
      delete process.env.CRISOL_TEST_LEAK;
      expect(log).toContain(`3||${env.AWKWARD}|`);
      expect(log).not.toContain('leaked');
      expect(log).not.toMatch(/^(ELECTRON_RUN_AS_NODE|NODE_COMPILE_CACHE|NODE_CHANNEL_FD|CRISOL_SCRIPT)=/m);
    });

    it('has its folder, and makes files with the modes of its user', async () => {
      house().workspace.write('inner/here', '');
      const script = 'pwd; ls; touch made; mkdir folder; stat -c %a made folder';
      const { log } = await house().run(script, { cwd: house().workspace.path('inner'), umask: 0o027 });
      expect(log).toBe(`${house().workspace.path('inner')}\nhere\n640\n750\n`);
    });

    it('has no input: a question ends at once', async () => {
      expect(await house().run('cat; read x || echo nobody')).toMatchObject({ code: 0, log: 'nobody\n' });
    });
  });
}

/** What it may be, and what it costs. */
export function takesAnything(house: () => ExecutorHouse): void {
  describe('any step', () => {
    it('may be a program, which gets its arguments as they are', async () => {
      const args = ['-c', 'printf "%s\\n" "$@"', 'x', 'two words', `"it's"`, '$HOME', '*', ''];
      const ended = await house().run('', { command: { program: '/bin/sh', args } });
      expect(ended).toMatchObject({ code: 0, log: `two words\n"it's"\n$HOME\n*\n\n` });
    });

    it('may have a name and a script with anything in them', async () => {
      const id = `run/train ('a/b', "..", ñ 🏆 $HOME)/1`;
      const ended = await house().run(`# first\nprintf '%s' "it's \\"ñ\\" & \\$x" # last`, { id });
      expect(ended).toMatchObject({ code: 0, log: `it's "ñ" & $x` });
    });

    it.each([
      ['a folder that is not there', { cwd: '/nowhere/at/all' }, /there is no folder \/nowhere\/at\/all/],
      ['a program that is not there', { command: { program: '/nowhere/at/all', args: [] } }, /ENOENT/],
      ['a script that is too long for the system', { command: { script: 'x'.repeat(200_000) } }, /E2BIG/],
    ])('is not started with %s, and says so', async (_what, more, reason) => {
      const handle = house().start('true', more);
      await handle.started;
      const exit = await handle.exit;
      expect(exit).toMatchObject({ code: null, how: 'not-started', reason: expect.stringMatching(reason) });
      expect(exit.reason).toMatch(/^it could not be started: /);
    });

    it('is refused when one with its id was started before, running or not', async () => {
      const task = house().task('echo once; sleep 60', { id: 'run/step/1' });
      const first = house().begin(task);
      await said(first, 'once');
      expect(await house().begin(task).exit).toMatchObject({ how: 'not-started', reason: 'it was started before' });
      first.cancel();
      await first.exit;
      expect(await house().begin(task).exit).toMatchObject({ how: 'not-started', reason: 'it was started before' });
      expect((await first.log(0, 100)).bytes.toString()).toBe('once\n');
    });

    it('runs beside many others, each with what is its own', async () => {
      const ended = await Promise.all(
        Array.from({ length: 60 }, (_, n) => house().run(`echo ${n} $N; exit ${n}`, { env: { N: `n${n}` } })),
      );
      expect(ended.map(({ code, log }) => [code, log])).toEqual(ended.map((_, n) => [n, `${n} n${n}\n`]));
    });
  });
}

/** Of what there is. */
export function takesItsShare(house: () => ExecutorHouse): void {
  describe('a step', () => {
    it('asks for a part of what the executor says to have', () => {
      const { cpus, memoryBytes, gpus } = house().executor.capacity;
      expect(cpus).toBeGreaterThanOrEqual(1);
      expect(memoryBytes).toBeGreaterThan(2 ** 27);
      expect(Number.isInteger(gpus) && gpus >= 0).toBe(true);
    });

    it('tells what it uses, while it runs and at the end', async () => {
      // 40 MB that are held for as long as it computes
      const script = `x=$(head -c 40000000 /dev/zero | tr '\\0' x); i=0; while [ ! -e go ]; do i=$((i+1)); done`;
      const handle = house().start(script);
      await expect.poll(() => handle.usage()?.cpuSeconds).toBeGreaterThan(0.2);
      await expect.poll(() => handle.usage()?.maxMemoryBytes).toBeGreaterThan(40_000_000);
      house().workspace.write('go', '');
      const { usage } = await handle.exit;
      expect(usage?.cpuSeconds).toBeGreaterThan(0.2);
      expect(usage?.cpuSeconds).toBeLessThan((usage?.seconds ?? 0) * 4);
      expect(usage?.maxMemoryBytes).toBeGreaterThan(40_000_000);
      expect(handle.usage()).toEqual(usage);
    });
  });
}
