import { execFileSync } from 'node:child_process';
import { afterAll, describe, expect, test } from 'vitest';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';
import { Cli } from './cli.ts';

const GOOD = 'version: 1\nname: good\nsteps:\n  one:\n    run: echo 1\n';
const BAD = 'version: 1\nname: bad\nsteps:\n  one:\n    run: echo 1\n    needs: [two]\n    comand: x\n';

const cli = new Cli(
  new TempWorkspace({
    name: AWKWARD_NAME,
    files: { 'crisol.yaml': GOOD, 'sub dir/bad.yaml': BAD, 'part.crisol.yaml': 'steps: {}\n', 'empty/data.csv': 'a\n' },
  }),
);
cli.workspace.write('latin.yaml', new Uint8Array([0x61, 0x3a, 0x20, 0xe9]));
afterAll(() => cli.dispose());

describe('crisol lint', () => {
  test('ends with 0 when all is well, and starts no daemon', async () => {
    expect(await cli.run('lint')).toEqual({ code: 0, stdout: '1 file checked: 0 errors, 0 warnings\n', stderr: '' });
    expect(await cli.run('lint', 'crisol.yaml', 'part.crisol.yaml')).toMatchObject({ code: 0 });
    expect(cli.workspace.has('.crisol')).toBe(false);
  });

  test('ends with 1 when there are errors, with the place of each', async () => {
    const { code, stdout } = await cli.run('lint', 'crisol.yaml', 'sub dir/bad.yaml');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^sub dir\/bad\.yaml:6:13: error CRISOL120: .*two/m);
    expect(stdout).toMatch(/^sub dir\/bad\.yaml:7:5: error CRISOL112: .*comand/m);
    expect(stdout).toMatch(/^2 files checked: \d errors?, \d warnings?$/m);
  });

  test('speaks JSON, SARIF and the language of GitHub Actions', async () => {
    const lint = async (...args: string[]) => {
      const { code, stdout, stderr } = await cli.run('lint', 'sub dir/bad.yaml', ...args);
      expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
      return stdout;
    };
    const json = JSON.parse(await lint('--json'));
    expect(json).toEqual(JSON.parse(await lint('--format', 'json')));
    expect(json.files).toMatchObject([
      {
        path: 'sub dir/bad.yaml',
        diagnostics: expect.arrayContaining([
          expect.objectContaining({
            code: 'CRISOL120',
            severity: 'error',
            range: { start: { line: 5, character: 12 }, end: { line: 5, character: 15 } },
          }),
        ]),
      },
    ]);
    const sarif = JSON.parse(await lint('--format', 'sarif'));
    expect(sarif).toMatchObject({
      version: '2.1.0',
      runs: [{ results: expect.arrayContaining([expect.objectContaining({ ruleId: 'CRISOL120' })]) }],
    });
    expect(await lint('--format', 'github')).toMatch(/^::error file=sub dir\/bad\.yaml,line=6,/m);
  });

  test.for([
    [['nowhere.yaml'], 'FILE_NOT_FOUND'],
    [['empty'], 'FILE_NOT_FOUND'],
    [['**/*.json'], 'FILE_NOT_FOUND'],
    [['latin.yaml'], 'FILE_UNUSABLE'],
    [['--dry-run'], 'CLI_USAGE'],
    [['--max-warnings', 'few'], 'CLI_USAGE'],
    [['--format', 'xml'], 'CLI_USAGE'],
  ] as const)('%j ends with 2: %s', async ([args, error]) => {
    expect(await cli.run('lint', ...args)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(`^${error}: `),
    });
  });

  test.skipIf(process.platform === 'win32')(
    'does not wait for a pipe, nor for a device, whoever names it',
    async () => {
      const pipes = new Cli(
        new TempWorkspace({ files: { 'a/crisol.yaml': 'version: 1\ninclude: pipe.crisol.yaml\n' } }),
      );
      const pipe = (path: string) => execFileSync('mkfifo', [pipes.workspace.path(path)]);
      for (const path of ['crisol.yaml', 'dvc.yaml', 'a/pipe.crisol.yaml']) pipe(path);
      const refused = {
        code: 2,
        stderr: expect.stringMatching(/^FILE_UNUSABLE: .* cannot be read: it is not a file\.\n/),
      };
      expect(await pipes.run('lint')).toMatchObject(refused);
      expect(await pipes.run('lint', '--fix', 'crisol.yaml')).toMatchObject(refused);
      expect(await pipes.run('convert')).toMatchObject(refused);
      expect(await pipes.run('lint', '/dev/zero')).toMatchObject(refused);
      expect(await pipes.run('lint', 'a')).toMatchObject(refused);
      expect((await pipes.run('lint', 'a/crisol.yaml')).stdout).toContain('CRISOL160');
      pipes.workspace.dispose();
    },
  );

  test('looks at all files of a project, and finds the project of a part', async () => {
    const several = new Cli(
      new TempWorkspace({
        files: {
          'crisol.yaml':
            'version: 1\ninclude: parts/a.crisol.yaml\nparams: params.yaml\nsteps: {one: {run: echo, outs: x}}\n',
          'parts/a.crisol.yaml': 'steps:\n  two: {run: echo, needs: [one, on], outs: x, deps: data.csv}\n',
          'alone.crisol.yaml': 'steps: {three: {run: echo, needs: elsewhere}}\n',
          'params.yaml': 'a: 1\n',
        },
      }),
    );
    const { code, stdout } = await several.run('lint');
    expect(code).toBe(1);
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^parts\/a.crisol.yaml:2:33: error CRISOL120: /),
      expect.stringMatching(/^parts\/a.crisol.yaml:2:44: error CRISOL122: /),
      expect.stringMatching(/^ {4}crisol.yaml:4:32: one writes it here/),
      expect.stringMatching(/^parts\/a.crisol.yaml:2:53: warning CRISOL163: /),
      '2 files checked: 2 errors, 1 warning',
      '',
    ]);
    const part = await several.run('lint', 'parts/a.crisol.yaml', 'alone.crisol.yaml');
    expect(part.stdout).toContain('2 files checked: 2 errors, 1 warning');
    several.workspace.write('params.yaml', 'a: [1');
    expect((await several.run('lint')).stdout).toMatch(/^crisol.yaml:3:9: error CRISOL160: .*\n {4}params.yaml:1:4: /m);
    several.dispose();
  });

  test('looks at the file of the workspace, wherever it is called', async () => {
    const { stdout } = await cli.start(['lint', '--json', '--workspace', cli.workspace.folder], { cwd: '/' }).ended;
    expect(JSON.parse(stdout).files[0].path).toMatch(/crisol\.yaml$/);
  });
});
