import { expect } from 'vitest';
import { test } from './fixtures.ts';
import { GridSearch } from './grid-search.ts';
import { docsPicture, picture } from './pictures.ts';

test('the runs of an experiment are a table: found, sorted, compared; a new one comes by itself, and all is kept', async ({
  editor,
  trained: project,
}) => {
  await project.crisol('run', '--param', 'l2=100');
  const window = await editor.open(project.folder);
  await window.run('Crisol: Open runs table');
  const panel = await window.panels.open(/^Runs of/);
  const rows = panel.locator('tbody .row');
  await expect.poll(() => rows.count()).toBe(2);
  expect(await window.unnamed(panel)).toEqual([]);
  await panel.getByRole('combobox', { name: 'Filter runs' }).fill("status = 'FINISHED'");
  await panel.getByRole('columnheader', { name: /f1_macro/ }).click();

  await project.crisol('run', '--param', 'l2=10');
  await expect.poll(() => rows.count()).toBe(3);
  await picture(window, 'panels/table');

  await window.run('Developer: Reload Window');
  await panel.waitForSelector('.grid', { state: 'detached' }).catch(() => undefined);
  await window.ready();
  const again = await window.panels.open(/^Runs of/);
  await expect.poll(() => again.locator('tbody .row').count()).toBe(3);
  const head = again.getByRole('columnheader', { name: /f1_macro/ });
  expect(await head.getAttribute('aria-sort')).toBe('descending');

  for (const box of (await again.locator('tbody input[type=checkbox]').all()).slice(0, 2)) await box.click();
  await again.getByRole('button', { name: 'Compare' }).click();
  await window.panels.open(/Compare/);
});

test('a grid search is looked through: grouped, its best runs found, all of them compared, while it goes on', async ({
  editor,
  project,
}) => {
  await project.crisol('up');
  const search = await GridSearch.begin(project, 'outcome-search');
  await search.run(60);
  const window = await editor.open(project.folder);
  await window.showViews('Crisol');
  for (const other of ['Pipeline', 'Models', 'Endpoints', 'Monitors']) await window.tree(other).header.click();
  const tree = await window.tree('Experiments').unfold();
  await tree.expand('grid search');
  await window.run('Crisol: Open runs table');
  const panel = await window.panels.open(/^Runs of/);
  await panel.getByRole('columnheader', { name: /^f1\b/ }).click();
  await panel.locator('[data-line="1"] .spark path[d^=M]').first().waitFor();
  await panel.getByRole('combobox', { name: 'Filter runs' }).fill("params.optimizer != 'sgd' AND metrics.f1 > 0.4");
  const found = panel.locator('.status').getByRole('status');
  await expect.poll(() => found.innerText()).toMatch(/^\d+ of 61 runs$/);
  await search.run(20);
  await expect.poll(() => found.innerText()).toMatch(/^\d+ of 81 runs$/);
  await docsPicture(window, 'runs-table');

  await panel.getByRole('checkbox', { name: 'Mark all runs that are shown' }).click();
  await panel.getByRole('button', { name: 'Compare' }).click();
  const compared = await window.panels.open(/Compare/);
  await expect.poll(() => compared.locator('.legend li').count()).toBeGreaterThan(30);
  await compared.getByRole('tab', { name: 'Parallel coordinates' }).click();
  await compared.getByRole('img', { name: /^Parallel coordinates of \d+ runs/ }).waitFor();
  expect(await window.unnamed(compared)).toEqual([]);
  await docsPicture(window, 'comparison');

  // what was marked is still marked when one comes back
  await window.tab(/^Runs of/).click();
  const again = await window.panels.open(/^Runs of/);
  await again.getByText(/^\d\d marked$/).waitFor();
});
