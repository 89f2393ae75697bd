import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Cli } from './cli.ts';

const LINES = 300_000;
const COUNT = `for (let i = 0; i < ${LINES}; i += 100) {
  const lines = Array.from({ length: 100 }, (_, at) => 'line ' + (i + at) + ' of what a script prints');
  console.log(lines.join(String.fromCharCode(10)));
}`;
const cli = new Cli(
  new TempWorkspace({
    files: {
      'loud.mjs': COUNT,
      'rows.csv': 'a\n1\n2\n3\n',
      'slow.sh': 'echo ñ one; until [ -e go ]; do sleep 0.05; done; printf two',
      'crisol.yaml': `version: 1
name: logs
steps:
  loud: {run: '"${process.execPath}" loud.mjs'}
  slow: {run: sh slow.sh}
  each: {run: 'echo "\${{ matrix.of }}"', matrix: {of: [one, two]}}
  cv: {run: 'printf "rows of $CRISOL_FOLD"', folds: {kind: kfold, data: rows.csv, k: 2}}
  again: {run: 'echo attempt; test -e twice || { touch twice; exit 1; }', retry: {limit: 1, backoff: 1s}}
`,
    },
  }),
);
beforeAll(async () => {
  await cli.run('up');
});
afterAll(() => cli.dispose());

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const all = Array.from({ length: LINES }, (_, at) => `line ${at} of what a script prints\n`).join('');

test('an output is followed whole, however fast it comes', async () => {
  await cli.run('run', 'loud', '--detach');
  const { stdout, code } = await cli.run('logs', '-f', 'loud');
  expect([code, digest(stdout)]).toEqual([0, digest(all)]);
  expect(digest((await cli.run('logs', 'loud')).stdout)).toBe(digest(all));
});

test('its last lines are read from its end', async () => {
  expect((await cli.run('logs', 'loud', '--tail', '2')).stdout).toBe(all.split('\n').slice(-3).join('\n'));
  const many = await cli.run('logs', 'loud', '-n', '20000');
  expect(many.stdout).toBe(all.split('\n').slice(-20_001).join('\n'));
  expect((await cli.run('logs', 'loud', '-n', '1000000')).stdout).toBe(all);
});

test('is followed as it comes, to its end', async () => {
  await cli.run('run', 'slow', '--detach');
  const following = cli.start(['logs', '-f', 'slow']);
  await waitFor(() => following.stdout === 'ñ one\n', { what: 'its first line' });
  cli.workspace.write('go', '');
  expect((await following.ended).stdout).toBe('ñ one\ntwo');
});

test('of a step that is tried again goes on with the next attempt', async () => {
  await cli.run('run', 'again', '--detach');
  const { stdout } = await cli.run('logs', '-f', 'again');
  expect(stdout).toMatch(/^(attempt\n){1,2}$/);
  expect((await cli.run('logs', 'again')).stdout).toBe('attempt\n');
});

test('of a large one the end is left where there is little room, and it is told', async () => {
  expect((await cli.run('gc', '--keep-logs', '1')).stdout).toContain('1 old log; freed 11 MB in 1 file');
  const { stdout } = await cli.run('logs', 'loud');
  expect(stdout.length).toBeLessThanOrEqual(100_000);
  expect(all.endsWith(stdout)).toBe(true);
  expect((await cli.run('logs', 'loud', '-n', '1000000')).stdout.length).toBeLessThanOrEqual(100_000);
  expect((await cli.run('gc', '--keep-logs', '1')).stdout).not.toContain('old log');
});

test('of a step with folds has all of them, each under its name, or one', async () => {
  await cli.run('run', 'cv');
  const all = '── cv fold 1, succeeded ──\nrows of 1\n── cv fold 2, succeeded ──\nrows of 2\n';
  expect((await cli.run('logs', 'cv')).stdout).toBe(all);
  expect((await cli.run('logs', 'cv fold 1')).stdout).toBe('rows of 1');
});

test('of a step with variants is that of one of them, which are told', async () => {
  await cli.run('run', 'each');
  const { stderr, code } = await cli.run('logs', 'each');
  expect(stderr).toBe(
    "PIPELINE_STEP_UNKNOWN: each runs in 2 variants: name one.\ncrisol logs 'each (one)'\ncrisol logs 'each (two)'\n",
  );
  expect(code).toBe(2);
  expect((await cli.run('logs', 'each (two)')).stdout).toBe('two\n');
});
