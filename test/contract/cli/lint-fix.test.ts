import { lstatSync, statSync, symlinkSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { Cli } from './cli.ts';

const WRONG = 'version: 1\r\nsteps:\r\n  one: {rnu: echo 1}\r\n';
const RIGHT = WRONG.replace('rnu', 'run');

const open: Cli[] = [];
afterEach(() => Promise.all(open.splice(0).map((cli) => cli.dispose())));

function cliWith(files: Record<string, string>): Cli {
  const cli = new Cli(new TempWorkspace({ files }));
  open.push(cli);
  return cli;
}

describe('crisol lint --fix', () => {
  test('mends the file, tells what, and keeps line ends, byte order mark, mode and link', async () => {
    const cli = cliWith({});
    cli.workspace.write('real.crisol.yaml', `\uFEFF${WRONG}`);
    symlinkSync('real.crisol.yaml', cli.workspace.path('crisol.yaml'));
    const { mode } = statSync(cli.workspace.path('real.crisol.yaml'));
    expect(await cli.run('lint', '--fix', 'crisol.yaml')).toEqual({
      code: 0,
      stdout: 'crisol.yaml:3:9: fixed CRISOL112: Change to `run`\n1 file checked: 0 errors, 0 warnings, 1 fixed\n',
      stderr: '',
    });
    expect(cli.workspace.read('real.crisol.yaml')).toBe(`\uFEFF${RIGHT}`);
    expect(lstatSync(cli.workspace.path('crisol.yaml')).isSymbolicLink()).toBe(true);
    expect(statSync(cli.workspace.path('real.crisol.yaml')).mode).toBe(mode);
  });

  test('shows with --dry-run what it would change', async () => {
    const cli = cliWith({ 'crisol.yaml': WRONG });
    const { code, stdout } = await cli.run('lint', '--fix', '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('-  one: {rnu: echo 1}\r\n+  one: {run: echo 1}\r\n');
    expect(cli.workspace.read('crisol.yaml')).toBe(WRONG);
  });

  test('leaves a file alone in which nothing can be mended, and ends with 1', async () => {
    const cli = cliWith({ 'crisol.yaml': 'version: 1\nsteps: {a: {}}\n' });
    const before = statSync(cli.workspace.path('crisol.yaml')).mtimeMs;
    expect(await cli.run('lint', '--fix')).toMatchObject({ code: 1 });
    expect(statSync(cli.workspace.path('crisol.yaml')).mtimeMs).toBe(before);
  });

  test('tells in JSON what was mended', async () => {
    const cli = cliWith({ 'crisol.yaml': WRONG });
    const { stdout } = await cli.run('lint', '--fix', '--json');
    expect(JSON.parse(stdout).files[0]).toMatchObject({
      diagnostics: [],
      fixed: [{ code: 'CRISOL112', title: 'Change to `run`', range: { start: { line: 2, character: 8 } } }],
    });
  });

  test('answers standard input with the mended text', async () => {
    const cli = cliWith({});
    const ended = await cli.start(['lint', '--fix', '-'], { input: WRONG }).ended;
    expect(ended).toEqual({ code: 0, stdout: RIGHT, stderr: '1 file checked: 0 errors, 0 warnings\n' });
  });
});

describe('crisol lint finds its files', () => {
  const files = {
    'crisol.yaml': 'version: 1\n',
    'a/b/crisol.yaml': 'version: 2\n',
    'a/more.crisol.yaml': 'steps: {}\n',
    'a/other.yaml': 'this: is not ours\n',
    'node_modules/x/crisol.yaml': 'version: 3\n',
  };
  const paths = (stdout: string) => JSON.parse(stdout).files.map(({ path }: { path: string }) => path);

  test('in folders, in patterns and by name, each once', async () => {
    const cli = cliWith(files);
    const all = ['a/b/crisol.yaml', 'a/more.crisol.yaml', 'crisol.yaml'];
    expect(paths((await cli.run('lint', '--json', '.')).stdout).sort()).toEqual(all);
    expect(paths((await cli.run('lint', '--json', '**/crisol.yaml', 'crisol.yaml')).stdout).sort()).toEqual(
      all.filter((path) => path.endsWith('/crisol.yaml') || path === 'crisol.yaml'),
    );
  });

  test('on standard input, under the name that it is given', async () => {
    const cli = cliWith({});
    const run = (...args: string[]) => cli.start(['lint', '-', ...args], { input: 'steps: {}\n' }).ended;
    expect(await run()).toMatchObject({ code: 1, stdout: expect.stringMatching(/^crisol\.yaml:1:1: error CRISOL110/) });
    expect(await run('--stdin-filename', 'part.crisol.yaml')).toMatchObject({ code: 0 });
  });

  test('--quiet tells errors only; --max-warnings counts what it does not tell', async () => {
    const cli = cliWith({ 'crisol.yaml': 'version: 1 # crisol-ignore CRISOL115\n' });
    expect(await cli.run('lint', '--quiet')).toEqual({
      code: 0,
      stdout: '1 file checked: 0 errors, 0 warnings\n',
      stderr: '',
    });
    expect(await cli.run('lint', '--quiet', '--max-warnings', '0')).toMatchObject({ code: 1 });
    expect(await cli.run('lint', '--max-warnings', '1')).toMatchObject({ code: 0 });
  });
});
