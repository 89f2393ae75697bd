import { expect } from 'vitest';
import { test } from './fixtures.ts';
import { picture, pictures } from './pictures.ts';

test('the graph shows the steps as they run, leads to their place and their log, and comes back after a reload', async ({
  editor,
  project,
}) => {
  const window = await editor.open(project.folder);
  await window.run('Crisol: Show pipeline graph');
  const graph = await window.panels.open(/Pipeline/);
  const step = (name: string) => graph.getByRole('treeitem', { name: new RegExp(`^${name}, `) });
  await step('register').waitFor();
  expect(await step('train').getAttribute('aria-label')).toBe('train, Not run yet');
  await graph.getByRole('button', { name: 'Run pipeline' }).click();
  await graph.getByRole('treeitem', { name: /^train, Running/ }).waitFor();
  await graph.getByRole('treeitem', { name: /^evaluate, Waits for train/ }).waitFor();
  await graph.getByRole('treeitem', { name: /^register, Succeeded/ }).waitFor();
  await graph.getByText(/^Critical path: split → train/).waitFor();
  // the graph is what one looks at: no other panel takes its place
  expect(await window.page.locator('iframe.webview.ready').count()).toBe(1);

  await step('train').click();
  const details = graph.getByRole('complementary', { name: 'Details of train' });
  await details.getByRole('button', { name: 'build/model', exact: true }).waitFor();
  expect(await window.unnamed(graph)).toEqual([]);
  await pictures(window, 'panels/pipeline');
  await details.getByRole('button', { name: /^Open crisol.yaml, line \d+$/ }).click();
  await window.tab('crisol.yaml').waitFor();
  await window.tab(/Pipeline/).click();
  const again = await window.panels.open(/Pipeline/);
  await again.getByRole('button', { name: 'Open log' }).click();
  await window.tab('train.log').waitFor();

  await window.tab(/Pipeline/).click();
  await window.run('Developer: Reload Window');
  await window.ready();
  const restored = await window.panels.open(/Pipeline/);
  await restored.getByRole('treeitem', { name: /^train, Succeeded/ }).waitFor();
  await restored.getByRole('complementary', { name: 'Details of train' }).waitFor();
});

/** Two steps, of which one, gone through fold by fold, fails as long as a file is missing. */
const FAILING = `version: 1
name: shy
steps:
  look:
    run: ls there.txt
    folds: {kind: kfold, data: rows.csv, k: 2}
  tell:
    run: echo told
    needs: [look]
`;

test('a step that fails is told with what it said, marked in crisol.yaml, and tried again from there', async ({
  editor,
  project,
}) => {
  project.write('crisol.yaml', FAILING);
  project.write('rows.csv', 'a\n1\n2\n');
  const window = await editor.open(project.folder, 'crisol.yaml');
  const marks = async () => {
    const signs = window.text.area.locator('.glyph-margin-widgets .cgmr[class*="TextEditorDecorationType"]');
    return (await signs.evaluateAll((all) => all.map((sign) => getComputedStyle(sign).backgroundImage))).length;
  };
  await window.run('Crisol: Run pipeline');
  await window.notifications.text('Step look failed');
  expect(await window.notifications.text('Step look failed')).toContain('there.txt');
  await window.showViews('Crisol');
  const tree = await window.tree('Pipeline').unfold();
  await tree.expand('look');
  await tree.row(/fold 2.*pending/).waitFor();
  await tree.click(/fold 1\s*failed/);
  await window.tab('look fold 1.log').waitFor();
  await window.run('View: Close Editors in Other Groups');
  await window.tab('crisol.yaml').click();
  await expect.poll(marks).toBe(2);
  await picture(window, 'views/failed-step');
  project.write('there.txt', '');
  await window.notifications.press('Step look failed', 'Retry');
  await window.notifications.message(/succeeded after/).waitFor();
  await window.run('Crisol: Show pipeline graph');
  const graph = await window.panels.open(/Pipeline/);
  await graph.getByRole('treeitem', { name: /^look, 2\/2, Succeeded/ }).click();
  const folds = graph.getByRole('region', { name: 'Folds' });
  await folds.getByRole('button', { name: /^fold 2/ }).waitFor();
  await pictures(window, 'panels/folds');
  await folds.getByRole('button', { name: /^fold 2/ }).click();
  await window.tab('look fold 2.log').waitFor();
  expect(JSON.parse(await project.crisol('runs', '--json')).runs).toHaveLength(2);
});

test('a run that fails is told once, also if it was begun in a terminal', async ({ editor, project }) => {
  project.write('crisol.yaml', FAILING);
  project.write('rows.csv', 'a\n1\n2\n');
  const window = await editor.open(project.folder, 'crisol.yaml');
  await window.showViews('Crisol');
  await window.tree('Pipeline').row('look').waitFor();
  await project.crisol('run').catch(() => undefined);
  expect(await window.notifications.text('Step look failed')).toContain('there.txt');
  await window.notifications.press('Step look failed', 'Open log');
  const panel = await window.panels.open();
  await panel.getByRole('region', { name: 'Output of look' }).getByText('there.txt').first().waitFor();
  // the window that waits for a run tells its end itself, and only that
  await window.run('Crisol: Run pipeline');
  await window.notifications.text('Step look failed');
  expect(await window.notifications.message(/Step look failed/).count()).toBe(1);
});

test('why a step would run is asked of the daemon, change by change, and of the file', async ({ editor, project }) => {
  project.write('data.csv', 'a,b\n1,2\n');
  const yaml = (l2: number) =>
    `version: 1\nname: shy\nparams: {l2: ${l2}}\nsteps:\n  fit: {run: cp data.csv model.txt, deps: [data.csv], outs: [model.txt], params: [l2]}\n  tell: {run: cat model.txt, deps: [model.txt]}\n  grow: {run: echo x >> rows.txt; cp rows.txt grown.txt, deps: [rows.txt], outs: [grown.txt]}\n`;
  project.write('crisol.yaml', yaml(1));
  const window = await editor.open(project.folder, 'crisol.yaml');
  await window.run('Crisol: Run pipeline');
  await window.notifications.message(/succeeded after/).waitFor();
  project.write('crisol.yaml', yaml(3));
  project.write('data.csv', 'a,b\n1,2\n3,4\n');
  await window.tab('crisol.yaml').click();
  await window.quickInput.through(
    () =>
      window.text.codeLenses
        .filter({ hasText: /^Why\?$/ })
        .first()
        .click(),
    async (box) => {
      await expect
        .poll(async () => (await box.texts()).join('\n'))
        .toMatch(/fit · would run.*l2: 1 → 3.*tell waits for it/s);
      await picture(window, 'views/why');
      await box.pick(/data\.csv/);
    },
  );
  await window.tab('data.csv').waitFor();
  await window.quickInput.through(
    async () => {
      await window.run('Crisol: Why would a step run?');
      await window.quickInput.pick('grow');
    },
    async (box) => {
      await expect.poll(async () => (await box.texts()).join('\n')).toMatch(/The last time: succeeded.*rows\.txt/s);
      await picture(window, 'views/why-not-kept');
    },
  );
});
