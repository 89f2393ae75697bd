import { symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { ROOT } from '../../../tools/lib/root.ts';
import { python } from '../../conformance/servers.ts';
import { test as base } from '../fixtures.ts';
import { docsPicture, picture, pictures } from '../pictures.ts';
import { Project } from '../project.ts';

const test = base.extend('wine', async ({ afterWindows }) => {
  const project = new Project({ copyOf: join(ROOT, 'test', 'fixtures', 'wine') });
  symlinkSync(dirname(dirname(python())), project.path('.venv'));
  afterWindows(() => project.end());
  return project;
});

test('a project with scikit-learn runs from its lens; the views show its steps as they run, its model, and its metrics', async ({
  editor,
  wine,
}) => {
  const window = await editor.open(wine.folder, 'crisol.yaml');
  await window.showViews('Crisol');
  const tree = await window.tree('Pipeline').unfold();
  for (const other of ['Experiments', 'Models', 'Endpoints', 'Monitors']) await window.tree(other).header.click();
  await tree.row('register').waitFor();
  // of the first step
  await window.text.codeLenses.filter({ hasText: 'Run from here' }).first().click();
  await tree.row(/compare.*[0-2]\/3/).waitFor({ timeout: 60_000 });
  await picture(window, 'views/python-project-runs');
  const end = window.notifications.message(/succeeded after|failed/);
  await end.waitFor({ timeout: 120_000 });
  expect(await end.innerText()).toContain('succeeded after');
  await tree.row(/^register/).waitFor();
  expect(await tree.texts()).toEqual(expect.arrayContaining([expect.stringMatching(/^compare 3\/3/)]));
  await (await window.tree('Models').unfold()).row('wine').waitFor();
  await pictures(window, 'views/python-project');

  await window.run('Crisol: Open runs table');
  await window.tab(/^Runs of/).waitFor();
  await window.run('View: Close Editors in Other Groups');
  const panel = await window.panels.open(/^Runs of/);
  for (const metric of ['cv_accuracy', 'test.accuracy']) {
    await panel.getByRole('columnheader', { name: new RegExp(`^${metric}`) }).waitFor();
  }
  await picture(window, 'panels/python-project-table');

  await window.run('View: Close All Editors');
  await window.run('Crisol: Show pipeline graph');
  const graph = await window.panels.open(/Pipeline/);
  await graph.getByRole('treeitem', { name: /^evaluate, Succeeded/ }).click();
  await graph.getByRole('complementary', { name: 'Details of evaluate' }).waitFor();
  await docsPicture(window, 'pipeline');
});
