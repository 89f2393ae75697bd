import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { PICTURES } from '../support/e2e.ts';
import { waitFor } from '../support/wait-for.ts';
import type { Workbench } from '../support/workbench/workbench.ts';
import { isAlive, test } from './project.ts';

/** The item in the status bar, connected and with nothing to tell. */
function quiet(window: Workbench): Locator {
  return window.page.locator('.statusbar').getByRole('button', { name: 'Crisol', exact: true });
}

test('a killed daemon comes back by itself, the rows stay, and the status bar says so', async ({ editor, project }) => {
  await project.crisol('run');
  const window = await editor.open(project.folder);
  await window.showViews('Crisol');
  const models = await window.tree('Models').unfold();
  await models.row('development').waitFor();
  const before = project.daemon;
  const reconnecting = window.statusItem('reconnecting').waitFor();
  process.kill(before?.pid ?? 0, 'SIGKILL');
  await reconnecting;
  expect(await models.texts()).toContainEqual(expect.stringContaining('development v1'));
  await window.picture(join(PICTURES, 'views', 'reconnecting.png'));
  await quiet(window).waitFor();
  expect(project.daemon?.epoch).not.toBe(before?.epoch);

  // and what happens then arrives
  await project.crisol('promote', 'match-outcome', '1', '--to', 'staging', '--reason', 'still there');
  await models.row('staging').waitFor();
});

test('a stopped daemon stays away until it is wanted again', async ({ editor, project }) => {
  const window = await editor.open(project.folder);
  await window.showViews('Crisol');
  await quiet(window).waitFor();
  const pid = project.daemon?.pid ?? 0;
  await window.run('Crisol: Stop daemon');
  await window.statusItem('Crisol stopped').waitFor();
  await waitFor(() => !isAlive(pid), { what: 'the end of the daemon' });
  expect(project.daemon).toBeUndefined();

  // somebody starts it in a terminal: the window notices
  await project.crisol('up');
  await quiet(window).waitFor();
});

test('two windows on a folder share one daemon and agree', async ({ editor, project }) => {
  const [first, second] = await Promise.all([editor.open(project.folder), editor.open(project.folder)]);
  await Promise.all([first, second].map((window) => window.showViews('Crisol')));
  await Promise.all([first, second].map((window) => quiet(window).waitFor()));
  const { busy } = JSON.parse(await project.crisol('status', '--json'));
  expect(busy.join()).toContain('2');

  await first.run('Crisol: Run pipeline');
  const rows = (window: typeof first) => window.tree('Models').texts();
  await (await second.tree('Models').unfold()).row('development').waitFor();
  await (await first.tree('Models').unfold()).row('development').waitFor();
  expect(await rows(second)).toEqual(await rows(first));
});

test('new terminals know where to log, and the command crisol', async ({ editor, project }) => {
  const window = await editor.open(project.folder);
  await window.showViews('Crisol');
  await quiet(window).waitFor();
  await window.run('Terminal: Create New Terminal');
  await window.page.locator('.terminal-wrapper.active .xterm-helper-textarea').waitFor({ state: 'attached' });
  await window.page.keyboard.type('echo "$MLFLOW_TRACKING_URI" > seen.txt\n');
  await waitFor(() => project.has('seen.txt') && project.read('seen.txt').includes('http'), { what: 'the variable' });
  expect(project.read('seen.txt').trim()).toBe(project.daemon?.url);
  await window.page.keyboard.type('crisol status > status.txt\n');
  await waitFor(() => project.has('status.txt') && project.read('status.txt').includes('store'), {
    what: 'the answer',
  });
  expect(project.read('status.txt')).toContain(project.daemon?.url);
});
