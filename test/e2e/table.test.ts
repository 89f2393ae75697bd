import { join } from 'node:path';
import { expect } from 'vitest';
import { PICTURES } from '../support/e2e.ts';
import { test } from './project.ts';

test('the runs of an experiment are a table: found, sorted, compared; a new one comes by itself, and all is kept', async ({
  editor,
  project,
}) => {
  await project.crisol('run');
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
  await window.picture(join(PICTURES, 'panels', 'table.png'));

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
