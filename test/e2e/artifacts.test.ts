import { expect } from 'vitest';
import { test } from './fixtures.ts';
import { post } from './grid-search.ts';
import { picture, pictures } from './pictures.ts';
import type { Project } from './project.ts';
import { openNewestRun } from './runs.ts';

const FILES = {
  'report.html': '<h1>The report</h1><script>document.body.textContent = "it ran"</script>',
  'hits.csv': 'league,hits\nLa Liga,12\nSerie A,9\n',
  'notes/README.md': '# What was tried\n\nA *larger* learning rate.\n',
};

/** As a script does with mlflow.log_artifact. */
async function logArtifacts({ daemon }: Project, files: Record<string, string>) {
  if (!daemon) throw new Error('there is no daemon');
  const headers = { authorization: `Bearer ${daemon.token}` };
  const mlflow = `${daemon.url}/api/2.0/mlflow`;
  const search = {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    // not one of its steps
    body: JSON.stringify({ experiment_ids: ['1'], filter: 'tags.`mlflow.parentRunId` IS NULL' }),
  };
  const { runs } = await (await fetch(`${mlflow}/runs/search`, search)).json();
  const { artifact_uri, run_name, run_id } = runs[0].info;
  for (const [path, body] of Object.entries(files)) {
    const url = `${mlflow}-artifacts/artifacts/${artifact_uri.slice('mlflow-artifacts:/'.length)}/${path}`;
    expect((await fetch(url, { method: 'PUT', headers, body })).status).toBe(200);
  }
  return { name: run_name as string, run_id: run_id as string };
}

/** As a script does with mlflow.sklearn.log_model; answers how it writes the file again. */
async function logModel(project: Project, source_run_id: string): Promise<(body: string) => Promise<void>> {
  const { model } = await post(project, 'logged-models', { experiment_id: '1', name: 'classifier', source_run_id });
  const root = model.info.artifact_uri.slice('mlflow-artifacts:/'.length);
  const url = `${project.daemon?.url}/api/2.0/mlflow-artifacts/artifacts/${root}/MLmodel`;
  const headers = { authorization: `Bearer ${project.daemon?.token}` };
  return async (body) => expect((await fetch(url, { method: 'PUT', headers, body })).status).toBe(200);
}

test("a run's files are looked at in its panel and in editors, and so is what ran", async ({
  editor,
  trained: project,
}) => {
  await project.crisol('up');
  const { name } = await logArtifacts(project, FILES);
  const window = await editor.open(project.folder);
  const panel = await openNewestRun(window);
  await panel.getByRole('tab', { name: 'Artifacts' }).click();

  await panel.getByRole('treeitem', { name: 'hits.csv' }).click();
  await panel.getByRole('row', { name: 'La Liga 12' }).waitFor();
  await panel.getByRole('treeitem', { name: 'report.html' }).click();
  await panel.frameLocator('iframe').getByRole('heading', { name: 'The report' }).waitFor();
  await picture(window, 'panels/artifacts');

  await panel.getByRole('treeitem', { name: 'notes' }).click();
  await panel.getByRole('treeitem', { name: 'README.md' }).click();
  await panel.getByRole('button', { name: 'Open in editor' }).click();
  await window.tab('README.md').waitFor();
  await window.page.locator('.monaco-editor .view-line', { hasText: 'What was tried' }).waitFor();

  await window.tab(name).click();
  const again = await window.panels.open();
  await again.getByRole('button', { name: 'Open preview' }).click();
  await window.tab(/Preview README/).waitFor();

  await window.tab(name).click();
  const last = await window.panels.open();
  await last.getByRole('tab', { name: 'Code' }).click();
  await last.getByRole('button', { name: 'Reproduce…' }).click();
  await window.tab(`${name}.sh`).waitFor();
  await window.page.locator('.monaco-editor .view-line', { hasText: 'Nothing of this was done' }).waitFor();
});

test('what a script logs meanwhile appears by itself, in editors too; a run that is deleted comes back from its panel', async ({
  editor,
  trained: project,
}) => {
  await project.crisol('up');
  const { name, run_id } = await logArtifacts(project, { 'notes/first.txt': 'one' });
  const window = await editor.open(project.folder);
  const panel = await openNewestRun(window);
  await panel.getByRole('tab', { name: 'Artifacts' }).click();
  await panel.getByRole('treeitem', { name: 'notes' }).click();
  await panel.getByRole('treeitem', { name: 'first.txt' }).click();
  await panel.getByText('one', { exact: true }).waitFor();
  await logArtifacts(project, { 'notes/second.txt': 'x', 'notes/first.txt': 'one, and more', 'plots/a.svg': '<svg/>' });
  await panel.getByRole('treeitem', { name: 'second.txt' }).waitFor();
  await panel.getByRole('treeitem', { name: 'plots' }).waitFor();
  await panel.getByText('one, and more').waitFor();
  const write = await logModel(project, run_id);
  await write('flavors: {}');
  await panel.getByRole('treeitem', { name: 'classifier model' }).click();
  await panel.getByRole('treeitem', { name: 'MLmodel' }).click();
  await panel.getByText('flavors: {}').waitFor();
  await panel.getByRole('button', { name: 'Open in editor' }).click();
  await window.tab('MLmodel').waitFor();
  const line = (text: string) => window.page.locator('.monaco-editor .view-line', { hasText: text });
  await line('flavors: {}').waitFor();
  await write('flavors: 12');
  await line('flavors: 12').waitFor();
  await write('flavors: 34');
  await line('flavors: 34').waitFor();
  await window.run('View: Keep Editor');
  await window.run('Developer: Reload Window');
  await line('flavors: 34').waitFor({ state: 'detached' });
  await window.ready();
  await line('flavors: 34').waitFor();

  await window.tab(name).click();
  const again = await window.panels.open();
  await again.getByRole('tab', { name: 'Artifacts' }).waitFor();
  await post(project, 'runs/delete', { run_id });
  await again.getByText('This run was deleted').waitFor();
  await pictures(window, 'panels/deleted');
  await again.getByRole('button', { name: 'Restore run' }).click();
  await again.getByRole('tab', { name: 'Artifacts' }).waitFor();
});

test("a step's log leads to the lines that it names", async ({ editor, project }) => {
  project.write('notes.txt', 'one\ntwo\nthree\n');
  project.write(
    'crisol.yaml',
    `version: 1\nname: tiny\nsteps:\n  hello:\n    run: |\n      echo 'File "notes.txt", line 3, in it'\n`,
  );
  await project.crisol('run');
  const window = await editor.open(project.folder);
  const panel = await openNewestRun(window);
  await panel.getByRole('tab', { name: 'Steps and logs' }).click();
  await panel.locator('summary').click();
  await panel.getByRole('button', { name: 'Open the log of hello in an editor' }).click();
  await window.tab('hello.log').waitFor();
  await window.page.locator('.detected-link').first().waitFor();
  // the cursor stands at the link: a mouse would have to hit what VS Code draws anew under it
  await window.run('Open Link');
  await window.tab('notes.txt').waitFor();
  await window.page.getByText('Ln 3, Col 1').waitFor();
});

test('words in the log of a step are found however much it prints', async ({ editor, project }) => {
  const loud = `yes 'INFO epoch 12 loss 0.25' | head -c 15000000; echo`;
  project.write(
    'crisol.yaml',
    `version: 1\nname: loud\nsteps:\n  hello:\n    run: |\n      ${loud}; echo 'The needle'; ${loud}\n`,
  );
  await project.crisol('run');
  const window = await editor.open(project.folder);
  const panel = await openNewestRun(window);
  await panel.getByRole('tab', { name: 'Steps and logs' }).click();
  await panel.locator('summary').click();
  const log = panel.getByRole('region', { name: 'Output of hello' });
  await log.getByText('INFO epoch 12').first().waitFor();
  const field = panel.getByRole('textbox', { name: 'Find in the output of hello' });
  await field.fill('NEEDLE');
  await log.locator('.found', { hasText: 'The needle' }).waitFor();
  await panel.getByText(/^1 of 1 in these .* of 28.6 MB/).waitFor();
  await pictures(window, 'panels/log-search');
  await field.press('Enter');
  await panel.getByText(/^1 of 1: The needle/).waitFor();
  await field.fill('nowhere');
  await panel.getByText(/^Not found$/).waitFor();
});
