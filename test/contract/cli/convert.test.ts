import { afterAll, describe, expect, test } from 'vitest';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { Cli } from './cli.ts';

const DVC = `stages:
  prepare:
    cmd: mkdir -p build && echo \${text} > build/a.txt
    outs: [build/a.txt]
  count:
    wdir: build
    cmd:
      - X=1; wc -c < a.txt > n.txt
      - test -z "$X"
    deps: [a.txt]
    metrics: [n.txt]
    always_changed: true
`;

const NOTE = 'count: `always_changed` has no counterpart here: a step without deps and outs runs each time.';

const cli = new Cli(new TempWorkspace({ files: { 'dvc.yaml': DVC, 'params.yaml': 'text: four\n' } }));
afterAll(() => cli.dispose());

describe('crisol convert', () => {
  test('writes a pipeline that runs and makes the same files', async () => {
    expect(await cli.run('convert', '--output', 'crisol.yaml')).toEqual({
      code: 0,
      stdout: '',
      stderr: `crisol.yaml is written.\n${NOTE}\n`,
    });
    expect(await cli.run('lint')).toMatchObject({ code: 0 });
    expect(await cli.run('run')).toMatchObject({ code: 0 });
    expect(cli.workspace.read('build/n.txt').trim()).toBe('5');
  });

  test('prints it, or tells in JSON what it made', async () => {
    const { stdout } = await cli.run('convert', 'dvc.yaml', '--stage', 'prepare');
    expect(stdout).toContain('  prepare:\n');
    expect(stdout).not.toContain('count');
    expect(JSON.parse((await cli.run('convert', '--json')).stdout)).toMatchObject({
      notes: [NOTE],
      output: null,
    });
  });

  test.for([
    [['--output', 'dvc.yaml'], 'FILE_UNUSABLE'],
    [['gone.yaml'], 'FILE_NOT_FOUND'],
    [['--stage', 'gone'], 'CLI_USAGE'],
  ] as const)('%j ends with 2: %s', async ([args, error]) => {
    expect(await cli.run('convert', ...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(`^${error}: `) });
    expect(cli.workspace.read('dvc.yaml')).toBe(DVC);
  });
});
