import { readlinkSync, symlinkSync } from 'node:fs';
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

    it('has the variables that it is given, over what its machine has, and none of ours', async () => {
      const variables = { SIZE: '3', EMPTY: '', AWKWARD: `a "b" 'c' $d\nñ`, HOME: '/another' };
      const script = 'env; printf "%s|" "$SIZE" "$EMPTY" "$AWKWARD" "$HOME"';
      const { log } = await house().run(script, { variables });
      expect(log).toContain(`3||${variables.AWKWARD}|/another|`);
      expect(log).not.toMatch(/^(ELECTRON_RUN_AS_NODE|NODE_COMPILE_CACHE|NODE_CHANNEL_FD|CRISOL_SCRIPT)=/m);
    });

    it('has no input: a question ends at once', async () => {
      expect(await house().run('cat; read x || echo nobody')).toMatchObject({ code: 0, log: 'nobody\n' });
    });
  });
}

/** What it finds where it runs, and what comes back from there. */
export function isAtHome(house: () => ExecutorHouse): void {
  describe('a step', () => {
    it('works in its folder of the workspace, where what it reads lies', async () => {
      const { workspace } = house();
      workspace.write('inner/data/deep/a', 'in a\n');
      workspace.write('inner/b', 'in b\n');
      const script = 'basename "$PWD"; [ "$PWD" = "$CRISOL_WORKSPACE" ] && cat data/deep/a b; ls no || echo none';
      const { log } = await house().run(script, { folder: 'inner', reads: ['data', 'b', 'no'] });
      expect(log).toMatch(/^inner\nin a\nin b\n(.*no.*\n)?none\n$/);
    });

    it('finds what it reads also where that is a link', async () => {
      house().workspace.write('outside/data/a', 'in a\n');
      house().workspace.write('inner/b', '');
      symlinkSync('../outside/data', house().workspace.path('inner', 'data'));
      expect((await house().run('cat data/a', { folder: 'inner', reads: ['data'] })).log).toBe('in a\n');
    });

    it('finds the files that it is told of by their whole paths', async () => {
      house().workspace.write('inner/b', '');
      house().workspace.write('.state/rows.txt', '1 2 3\n');
      const files = { ROWS: '.state/rows.txt' };
      const { log } = await house().run('cd /; cat "$ROWS"', { folder: 'inner', reads: ['b'], files });
      expect(log).toBe('1 2 3\n');
    });

    it.each([0, 3])('gives back what it wrote, with its end, which is %i', async (code) => {
      house().workspace.write('inner/a', '1\n');
      house().workspace.write('inner/outs/others', '');
      const made = 'mkdir -p made/deep; echo 2 > made/deep/b; ln -s b made/deep/c';
      const task = { folder: 'inner', reads: ['a'], writes: ['outs/a.txt', 'made', 'never'] };
      expect(await house().run(`cat a > outs/a.txt; ${made}; exit ${code}`, task)).toMatchObject({
        code,
        how: 'exited',
      });
      const { workspace } = house();
      expect(workspace.read('inner/outs/a.txt')).toBe('1\n');
      expect(workspace.read('inner/made/deep/b')).toBe('2\n');
      expect(readlinkSync(workspace.path('inner/made/deep/c'))).toBe('b');
      expect([workspace.has('inner/never'), workspace.has('inner/outs/others')]).toEqual([false, true]);
    });
  });
}

/** What it may be, and what it costs. */
export function takesAnything(house: () => ExecutorHouse): void {
  describe('any step', () => {
    it('may be a built-in one, with its settings', async () => {
      const rows = Array.from({ length: 100 }, (_, row) => `${row},${row % 2 === 0 ? 'even' : 'odd'}\n`);
      house().workspace.write('rows "1".csv', `row,kind\n${rows.join('')}`);
      const settings = { data: 'rows "1".csv', train: 'train.csv', test: 'test.csv', target: 'kind', share: 0.2 };
      const ended = await house().run('', {
        work: { kind: 'uses', uses: 'split', with: settings },
        reads: [settings.data],
        writes: [settings.train, settings.test],
      });
      expect(ended).toMatchObject({ code: 0, how: 'exited' });
      const rowsIn = (path: string) => house().workspace.read(path).trim().split('\n').length - 1;
      expect([rowsIn('train.csv'), rowsIn('test.csv')]).toEqual([80, 20]);
    });

    it('may have a name and a script with anything in them', async () => {
      const id = `run/train ('a/b', "..", ñ 🏆 $HOME)/1`;
      const ended = await house().run(`# first\nprintf '%s' "it's \\"ñ\\" & \\$x" # last`, { id });
      expect(ended).toMatchObject({ code: 0, log: `it's "ñ" & $x` });
    });

    it('is not started in a folder that is not there, and says so', async () => {
      const handle = house().start('true', { folder: 'nowhere/at/all' });
      await handle.started;
      const { reason, ...exit } = await handle.exit;
      expect(exit).toEqual({ code: null, how: 'not-started' });
      expect(reason).toMatch(/^it could not be started: there is no folder .*nowhere\/at\/all$/);
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
        Array.from({ length: 60 }, (_, n) => house().run(`echo ${n} $N; exit ${n}`, { variables: { N: `n${n}` } })),
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
      const gate = house().gate();
      const script = `x=$(head -c 40000000 /dev/zero | tr '\\0' x); i=0; while ${gate.shut}; do i=$((i+1)); done`;
      const handle = house().start(script);
      await expect.poll(() => handle.usage()?.cpuSeconds).toBeGreaterThan(0.2);
      await expect.poll(() => handle.usage()?.maxMemoryBytes).toBeGreaterThan(40_000_000);
      gate.open();
      const { usage } = await handle.exit;
      expect(usage?.cpuSeconds).toBeGreaterThan(0.2);
      expect(usage?.cpuSeconds).toBeLessThan((usage?.seconds ?? 0) * 4);
      expect(usage?.maxMemoryBytes).toBeGreaterThan(40_000_000);
      expect(handle.usage()).toEqual(usage);
    });
  });
}
