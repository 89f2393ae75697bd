import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { expect } from 'vitest';
import { test } from './fixtures.ts';
import { pictures, readmePicture } from './pictures.ts';
import { openNewestRun } from './runs.ts';

function commit(cwd: string, name: string, text: string): void {
  writeFileSync(join(cwd, name), text);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd });
  git('init', '-q');
  git('add', name);
  git('commit', '-qm', name);
}

function heading(panel: Frame): Promise<string> {
  return panel.getByRole('heading', { level: 1 }).innerText();
}

test('a run opens with charts, params and results, and comes back after a reload; two are compared', async ({
  editor,
  project,
}) => {
  commit(project.folder, 'before.py', 'lr = 0.1');
  await project.crisol('run');
  commit(project.folder, 'after.py', 'lr = 0.3');
  await project.crisol('run', '--param', 'l2=100');
  const window = await editor.open(project.folder);
  const panel = await openNewestRun(window);
  await panel
    .getByRole('img', { name: /line chart/ })
    .first()
    .waitFor();
  const name = await heading(panel);
  await window.tab(name).waitFor();
  expect(await window.unnamed(panel)).toEqual([]);
  await pictures(window, 'panels/run');
  await readmePicture(window, 'experiments');

  await panel.getByRole('tab', { name: 'Params' }).click();
  await panel.getByRole('row', { name: /l2/ }).first().waitFor();
  await window.run('Developer: Reload Window');
  await panel.waitForSelector('h1', { state: 'detached' }).catch(() => undefined);
  await window.ready();
  const again = await window.panels.open();
  await expect.poll(() => heading(again)).toBe(name);
  expect(await again.getByRole('tab', { name: 'Params' }).getAttribute('aria-selected')).toBe('true');

  await window.quickInput.through(
    () => window.run('Crisol: Compare runs'),
    async (box) => {
      await expect.poll(() => box.rows.count(), { timeout: 15_000 }).toBe(2);
      for (const row of await box.rows.all()) await row.click();
      await box.press('OK');
    },
  );
  const compared = await window.panels.open(/Compare/);
  await expect.poll(() => heading(compared)).toBe('Comparing 2 runs');
  await compared
    .getByRole('img', { name: /line chart of .+, .+\. Arrow/ })
    .first()
    .waitFor();
  expect(await window.unnamed(compared)).toEqual([]);
  await pictures(window, 'panels/compare');
  await compared.getByRole('tab', { name: 'What changed?' }).click();
  await compared.getByRole('region', { name: 'Params' }).getByRole('row', { name: /^l2/ }).waitFor();
  await compared.getByRole('button', { name: 'Open the diff of Params' }).click();
  await window.tab(/↔.*\(params\)/).waitFor();
  await window.page.locator('.editor.modified .view-line', { hasText: /^l2:\s100/ }).waitFor();

  await window.tab(/Compare/).click();
  const changes = await window.panels.open(/Compare/);
  await changes.getByRole('button', { name: 'Open the diff of Code' }).click();
  await window.tab(/↔.*\(code\)/).waitFor();
  await window.page.locator('.multiDiffEntry').getByText('after.py').first().waitFor();
});

test('charts move while a run trains, stay while the daemon is away, and say so', async ({ editor, project }) => {
  const window = await editor.open(project.folder);
  await window.showViews('Crisol');
  await window.run('Crisol: Run pipeline');
  // it opens by itself
  const panel = await window.panels.open();
  await panel.getByRole('list', { name: 'Progress' }).getByText('register').waitFor();
  await panel.getByText('Succeeded').waitFor();
  const charts = panel.getByRole('img', { name: /line chart/ });
  await expect.poll(() => charts.count()).toBeGreaterThan(0);

  const away = panel.getByText('Reconnecting…').waitFor();
  project.killDaemon();
  await away;
  expect(await charts.count()).toBeGreaterThan(0);
  await panel.getByText('Reconnecting…').waitFor({ state: 'detached' });
});

test('an endpoint is tried and its drift is seen', async ({ editor, trained: project }) => {
  for (const stage of ['staging', 'production']) {
    await project.crisol('promote', 'match-outcome', '1', '--to', stage, '--reason', 'to try it');
  }
  const window = await editor.open(project.folder);
  await window.run('Crisol: Try endpoint');
  const trial = await window.panels.open(/Endpoint/);
  await trial.getByRole('button', { name: 'Start endpoint' }).click();
  await trial.getByText('● Ready').waitFor();
  await trial.getByRole('button', { name: 'Predict' }).click();
  await trial.getByRole('row', { name: /home \d/ }).waitFor();
  await trial.getByText(/ms in the endpoint · .* there and back/).waitFor();
  expect(await window.unnamed(trial)).toEqual([]);
  expect(await trial.content()).not.toContain('Bearer');
  await trial.getByRole('button', { name: 'Copy as curl' }).click();
  await expect
    .poll(() => window.page.evaluate(() => navigator.clipboard.readText()))
    .toContain('Authorization: Bearer');
  await pictures(window, 'panels/endpoint');

  await window.run('Crisol: Show drift report');
  const drift = await window.panels.open(/Drift/);
  await drift.getByText('○ Waiting for requests').waitFor();
  await project.crisol('demo', 'traffic');
  await drift.getByText('✓ No drift').first().waitFor();
  await project.crisol('demo', 'traffic', '--drift');
  await drift.getByText('⚠ Drift').first().waitFor();
  await drift.getByText('in the last 1,000 requests').waitFor();
  await drift.getByRole('img', { name: /Share of drifted columns: line chart/ }).waitFor();
  await drift
    .getByRole('img', { name: /bar chart/ })
    .first()
    .waitFor();
  expect(await window.unnamed(drift)).toEqual([]);
  await pictures(window, 'panels/drift');
  await readmePicture(window, 'drift');
  await drift.getByRole('button', { name: 'Open threshold in crisol.yaml' }).click();
  await window.tab('crisol.yaml').waitFor();
  await window.page.getByText(/Ln \d+, Col \d+/).waitFor();
  rmSync(join(project.folder, 'crisol.yaml'));
  await window.tab(/Drift/).click();
  const again = await window.panels.open(/Drift/);
  await again.getByRole('button', { name: 'Open threshold in crisol.yaml' }).click();
  await window.notifications.text('There is no crisol.yaml in this folder any more');
});

test('an endpoint that cannot start says what helps and does it; a stopped daemon starts from the panel', async ({
  editor,
  trained: project,
}) => {
  const window = await editor.open(project.folder);
  await window.run('Crisol: Try endpoint');
  const panel = await window.panels.open(/Endpoint/);
  await panel.getByRole('button', { name: 'Start endpoint' }).click();
  await panel.getByText('Promote a version to that stage first.').waitFor();
  await pictures(window, 'panels/endpoint-failed');
  await window.quickInput.through(
    () => panel.getByRole('button', { name: 'Promote a version…' }).click(),
    async (box) => {
      await box.pick('v1');
      await box.pick('production');
      await box.pick('asks for a reason');
      await box.answer('to try it');
    },
  );
  await panel.getByText('● Ready').waitFor();
  await panel.getByRole('alert').waitFor({ state: 'detached' });

  await project.crisol('down');
  await panel.getByText('The Crisol daemon is stopped.').waitFor();
  expect(await window.unnamed(panel)).toEqual([]);
  await pictures(window, 'panels/stopped');
  await panel.getByRole('button', { name: 'Start daemon' }).click();
  await panel.getByText('The Crisol daemon is stopped.').waitFor({ state: 'detached' });
  await panel.getByText('● Ready').waitFor();
});
