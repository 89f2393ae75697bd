import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { isAlive } from '../support/processes.ts';
import { waitFor } from '../support/wait-for.ts';
import type { Workbench } from '../support/workbench/workbench.ts';
import { test } from './fixtures.ts';
import { OLDER, writeOlderCrisol } from './older.ts';
import { picture } from './pictures.ts';
import type { Project } from './project.ts';

/** The item in the status bar, connected and with nothing to tell. */
function quiet(window: Workbench): Locator {
  return window.page.locator('.statusbar').getByRole('button', { name: 'Crisol', exact: true });
}

test('a killed daemon comes back by itself, the rows stay, and the status bar says so', async ({
  editor,
  trained: project,
}) => {
  await project.crisol('up');
  const window = await editor.open(project.folder);
  await window.showViews('Crisol');
  const models = await window.tree('Models').unfold();
  await models.row('development').waitFor();
  const before = project.daemon;
  const reconnecting = window.statusItem('reconnecting').waitFor();
  project.killDaemon();
  await reconnecting;
  expect(await models.texts()).toContainEqual(expect.stringContaining('development v1'));
  await picture(window, 'views/reconnecting');
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
  const pid = project.daemon?.pid ?? Number.NaN;
  expect(isAlive(pid)).toBe(true);
  await window.run('Crisol: Stop daemon');
  await window.statusItem('Crisol daemon stopped').waitFor();
  await waitFor(() => !isAlive(pid), { what: 'the end of the daemon' });
  expect(project.daemon).toBeUndefined();

  // somebody starts it in a terminal: the window notices
  await project.crisol('up');
  await quiet(window).waitFor();
});

async function version(project: Project): Promise<string> {
  return JSON.parse(await project.crisol('status', '--json')).version;
}

test('an older daemon at rest is replaced by that of the window at once', async ({ editor, project }) => {
  project.programs = writeOlderCrisol(project.path('..', 'older'));
  await project.crisol('up');
  expect(await version(project)).toBe(OLDER);
  const before = project.daemon;
  const window = await editor.open(project.folder);
  await waitFor(() => project.daemon && project.daemon.epoch !== before?.epoch, { what: 'another daemon' });
  await quiet(window).waitFor();
  expect(await version(project)).not.toBe(OLDER);
});

test('an older daemon that serves is waited for, which the status bar says, and replaced when told to', async ({
  editor,
  trained: project,
}) => {
  project.programs = writeOlderCrisol(project.path('..', 'older'));
  await project.crisol('promote', 'match-outcome', '1', '--to', 'production', '--reason', 'to serve it');
  await startEndpoint(project);
  const window = await editor.open(project.folder);
  await window.showViews('Crisol');
  const item = window.statusItem('Crisol: update waits');
  await item.getByRole('button', { name: 'waits until this has ended: endpoint match-outcome' }).click();
  expect(await version(project)).toBe(OLDER);
  await window.quickInput.pick('Restart daemon');
  await quiet(window).waitFor();
  expect(await version(project)).not.toBe(OLDER);
  await (await window.tree('Endpoints').unfold()).row('no requests').waitFor();
});

async function startEndpoint({ daemon }: Project): Promise<void> {
  const headers = { authorization: `Bearer ${daemon?.token}`, 'content-type': 'application/json' };
  const url = `${daemon?.url}/api/crisol/v1/endpoints/match-outcome/start`;
  const { status } = await fetch(url, { method: 'POST', headers, body: '{}' });
  expect(status).toBe(200);
}

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

test('where a folder .crisol is not ours a command says so, and goes on once that is moved away', async ({
  editor,
  project,
}) => {
  mkdirSync(project.path('.crisol'));
  writeFileSync(project.path('.crisol', 'notes.txt'), 'mine');
  const window = await editor.open(project.folder);
  await window.notifications.text('was not made by Crisol');
  await window.run('Notifications: Clear All Notifications');
  await window.run('Crisol: Run pipeline');
  await window.notifications.text('was not made by Crisol');
  renameSync(project.path('.crisol'), project.path('notes'));
  await window.notifications.press('was not made by Crisol', 'Try again');
  await window.notifications.text('succeeded');
});
