import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GcReport } from '../../../schemas/wire/gc.ts';
import { WhyAnswer } from '../../../schemas/wire/why.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { Cli } from './cli.ts';

const cli = new Cli(
  new TempWorkspace({
    files: {
      'crisol.yaml': [
        'version: 1',
        'params: {words: a b}',
        'steps:',
        '  count:',
        `    run: wc -w < in.txt > out.txt; echo "\${{ params.words }}" >> out.txt`,
        '    deps: in.txt',
        '    outs: out.txt',
        '',
      ].join('\n'),
      'in.txt': 'one two\n',
    },
  }),
);
const { workspace } = cli;
const why = async (...args: string[]) => (await cli.run('why', 'count', ...args)).stdout;

beforeAll(async () => {
  expect(await why()).toBe('count would run:\n  C3  no earlier result\n');
  expect((await cli.run('run')).code).toBe(0);
});
afterAll(() => cli.dispose());

test('why says what would become of a step, and which rule that follows from', async () => {
  expect(await why()).toMatch(
    /^count is up to date: nothing changed\n {2}It last ran just now in .*, in run [0-9a-f]{8}\.\n$/,
  );
  expect(await why('--param', 'words=c')).toMatch(/^count would run:\n {2}K1 {2}the command: .*\n {2}It last ran/);
  workspace.write('in.txt', 'one two three\n');
  expect(await why()).toMatch(/^count would run:\n {2}K4 {2}in\.txt: changed \(8 bytes → 14 bytes\)\n/);
  workspace.write('in.txt', 'one two\n');
  rmSync(workspace.path('out.txt'));
  expect(await cli.json(WhyAnswer, 'why', 'count')).toMatchObject({
    steps: [{ name: 'count', would: 'restore', reason: 'out.txt was deleted', changes: [{ rule: 'C3' }] }],
    lock_problem: null,
  });
});

test('what was run before is not carried out again, and crisol.lock tells it', async () => {
  rmSync(workspace.path('out.txt'), { force: true });
  expect((await cli.run('run')).code).toBe(0);
  expect(workspace.read('out.txt')).toMatch(/2\na b/);
  expect(workspace.read('crisol.lock')).toContain('\n  count:\n    key: ');
});

test('gc forgets results that nobody will ask for, and frees what only they had', async () => {
  expect((await cli.run('run', '--param', 'words=other')).code).toBe(0);
  const few = ['--keep-results', '1', '--keep-days', '0'];
  const planned = await cli.run('gc', '--dry-run', ...few);
  expect(planned.stdout).toMatch(/0 experiments, 1 step result; would free /);
  expect(await cli.json(GcReport, 'gc', ...few)).toMatchObject({ results: 1 });
  expect(await why('--param', 'words=other')).toMatch(/^count is up to date/);
  expect(await why()).toMatch(/^count would run:\n {2}K1 {2}the command/);
});

test('why says of a step that ran last without a result that could be kept when that was, and why', async () => {
  const yaml = workspace.read('crisol.yaml');
  workspace.write('crisol.yaml', yaml.replace('    run: ', '    run: echo more >> in.txt; '));
  expect((await cli.run('run')).stderr).toContain('its result is not kept');
  const reason = 'its result is not kept, since this changed while it ran: in.txt: changed (8 bytes → 13 bytes)';
  expect(await why()).toMatch(/^count would run:\n {2}K1 {2}the command: .*\n {2}K4 {2}in\.txt/);
  const [, ...rest] = (await why()).split('  It succeeded ');
  expect(rest.join()).toMatch(
    /^just now in run [0-9a-f]{8}, but .*\n {2}Its last result is from just now in .*, in run [0-9a-f]{8}\.\n$/,
  );
  expect((await cli.json(WhyAnswer, 'why', 'count')).steps).toMatchObject([{ not_kept: { reason } }]);
  workspace.write('crisol.yaml', yaml);
  workspace.write('in.txt', 'one two\n');
  expect((await cli.run('run')).code).toBe(0);
  expect((await cli.json(WhyAnswer, 'why', 'count')).steps[0]).not.toHaveProperty('not_kept');
});

test('a step that there is not is told with those that there are', async () => {
  const { code, stderr } = await cli.run('why', 'cuont');
  expect(code).toBe(2);
  expect(stderr).toContain('There is no step "cuont"; there are: count.');
});
