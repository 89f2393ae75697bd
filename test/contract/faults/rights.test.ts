import { spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packedProgram } from '../../support/programs.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

const NOBODY = 65_534;
/** Rights mean nothing to the administrator, whom tests in containers run as: somebody else does it. */
const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace();
  mkdirSync(workspace.path('home'));
  give('.', 'home');
  if (user.uid !== undefined) chownSync(dirname(workspace.folder), user.uid, user.gid);
});
afterEach(async () => {
  await crisol('gc', '--keep-days', '0');
  await crisol('down');
  workspace.dispose();
});

function give(...paths: string[]): void {
  if (user.uid !== undefined) for (const path of paths) chownSync(workspace.path(path), user.uid, user.gid);
}

function write(path: string, text: string): void {
  workspace.write(path, text);
  give(path);
}

function crisol(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [packedProgram('crisol'), ...args, '--workspace', workspace.folder], {
    ...user,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      HOME: workspace.path('home'),
      XDG_STATE_HOME: workspace.path('home'),
      NODE_COMPILE_CACHE: '',
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
  }
  return new Promise((resolve) => child.once('close', () => resolve(said)));
}

const step = (run: string) =>
  write(
    'crisol.yaml',
    `version: 1\nname: p\nsteps:\n  make: {run: ${JSON.stringify(run)}, deps: [in], outs: [made]}\n`,
  );

it('an out that a step takes the right to write from is made anew, restored, set aside and forgotten like any other', async () => {
  step('mkdir -p made/deep; cp in made/deep/copy; chmod 555 made made/deep; [ ! -e fail ]');
  for (const content of ['one', 'two']) {
    write('in', content);
    expect(await crisol('run')).toContain('✓ make');
  }
  write('in', 'one');
  expect(await crisol('run')).toMatch(/✓ make {2}cached/);
  expect(workspace.read('made/deep/copy')).toBe('one');
  write('in', 'three');
  write('fail', '');
  expect(await crisol('run')).toContain('failed: it ended with exit code 1');
  expect(workspace.has('made')).toBe(false);
  expect(readdirSync(workspace.path('.crisol/aside'))).toHaveLength(1);
  expect(await crisol('gc', '--keep-days', '0')).toContain('freed');
  expect(readdirSync(workspace.path('.crisol/aside'))).toEqual([]);
});

it('an out that nobody may look into is a failure of its step, which is said, and is in nobody’s way', async () => {
  step('mkdir made; cp in made/copy; chmod 000 made');
  write('in', 'one');
  expect(await crisol('run')).toContain("failed: made can't be read: you may not read it");
  step('mkdir made; cp in made/copy; chmod 644 made');
  expect(await crisol('run')).toContain("failed: made can't be read: you may not read it");
  step('mkdir made; cp in made/copy');
  mkdirSync(workspace.path('made'));
  give('made');
  chmodSync(workspace.path('made'), 0);
  expect(await crisol('run')).toContain('✓ make');
  expect(statSync(workspace.path('made')).mode & 0o700).toBe(0o700);
});

it('a dep that may not be read is said by its name', async () => {
  step('cp -r in made');
  mkdirSync(workspace.path('in'));
  write('in/file', 'one');
  mkdirSync(workspace.path('in/locked'));
  give('in', 'in/locked');
  chmodSync(workspace.path('in/locked'), 0);
  expect(await crisol('run')).toContain("failed: in/locked can't be read: you may not read it");
  chmodSync(workspace.path('in/locked'), 0o700);
});

it('trials that take rights from what they make are followed by others', async () => {
  const loss = `echo '{"loss": \${{ params.lr }}}' > metrics.json`;
  write(
    'crisol.yaml',
    `version: 1
name: p
params: {lr: 1}
steps:
  train:
    run: |
      mkdir -p made/deep; chmod 555 made/deep made
      ${loss}
    outs: [made]
    metrics: [metrics.json]
sweeps:
  tune: {step: train, goal: minimize loss, space: {lr: {float: [1, 3], step: 1}}, sampler: grid, parallel: 1}
`,
  );
  expect(await crisol('sweep', 'tune')).toContain('3 trials: 3 complete');
  expect(readdirSync(workspace.path('.crisol/runs')).filter((name) => !name.includes('.'))).toEqual([]);
});
