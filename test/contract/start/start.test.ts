import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DaemonInfo } from '../../../schemas/workspace.ts';
import { ROOT } from '../../../tools/lib/root.ts';
import { isAlive, processesNaming } from '../../support/processes.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';
import { crisol } from '../life/crisol.ts';
import { Tool } from './program.ts';

let workspace: TempWorkspace;
let folder: string;
beforeEach(() => {
  workspace = new TempWorkspace({ name: AWKWARD_NAME });
  folder = workspace.path('sample');
  mkdirSync(workspace.path('temporary'));
});
afterEach(async () => {
  await crisol(folder, 'down');
  workspace.dispose();
});

const MINE = 'version: 1\nname: mine\nsteps:\n  only: {run: "true"}\n';

function npmStart(...args: string[]): Tool {
  const TMPDIR = workspace.path('temporary');
  return new Tool(join(ROOT, 'tools', 'start.ts'), ['--folder', folder, ...args], { TMPDIR });
}

/** The daemon of the sample, once it says that it is there. */
function daemon(): Promise<DaemonInfo> {
  return waitFor(
    () => workspace.has('sample/.crisol/daemon.json') && JSON.parse(workspace.read('sample/.crisol/daemon.json')),
  );
}

test('without a terminal the job runs alone, ends with 0, and leaves no daemon', async () => {
  const first = npmStart();
  const { pid } = await daemon();
  expect(await first.ended).toBe(0);
  expect(first.output).toContain(`copied to ${folder}`);
  for (const step of ['split', 'train', 'evaluate', 'register']) expect(first.output).toContain(`✓ ${step}`);
  expect(isAlive(pid)).toBe(false);

  // the daemon that somebody else started stays, and so does the project
  await crisol(folder, 'up');
  const theirs = await daemon();
  workspace.write('sample/crisol.yaml', MINE);
  const second = npmStart('--no-editor');
  expect(await second.ended).toBe(0);
  expect(second.output).toContain(`kept as you left it in ${folder}`);
  expect(second.output).toContain('✓ only');
  expect(isAlive(theirs.pid)).toBe(true);
});

test.each([
  ['SIGTERM', '✓ Building'],
  ['SIGINT', 'Running its pipeline'],
  ['SIGTERM', '✓ split'],
] as const)('%s after "%s" ends all that it started', async (signal, moment) => {
  const start = npmStart();
  await start.said(moment);
  start.kill(signal);
  expect(await start.ended).toBe(130);
  expect(processesNaming(folder)).toEqual([]);
  expect(readdirSync(workspace.path('temporary'))).toEqual([]);
});
