import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject } from 'vitest';
import { installExtension } from '../../tools/lib/code-server.ts';
import { PICTURES } from '../support/e2e.ts';
import type { Editor } from '../support/editor.ts';
import { packExtension } from '../support/tiny-extension.ts';
import { waitFor } from '../support/wait-for.ts';
import type { Workbench } from '../support/workbench/workbench.ts';
import type { Project } from './project.ts';
import { test as base } from './project.ts';
import { MAIN, MANIFEST } from './python-debugger.ts';

// how scripts learn where to log, and how what they print leads back
const test = base.override('extensions', async ({ installed }, { onCleanup }) => {
  const folder = mkdtempSync(join(tmpdir(), 'crisol-scripts-'));
  onCleanup(() => rmSync(folder, { recursive: true, force: true }));
  const extensions = join(folder, 'extensions');
  cpSync(inject('extensions'), extensions, { recursive: true });
  const vsix = await packExtension(folder, { 'package.json': JSON.stringify(MANIFEST), 'main.js': MAIN });
  await installExtension({ editor: installed, home: join(folder, 'home'), extensions }, vsix);
  return extensions;
});

async function ready(window: Workbench): Promise<void> {
  await window.showViews('Crisol');
  await window.page.locator('.statusbar').getByRole('button', { name: 'Crisol', exact: true }).waitFor();
}

const written = (project: Project, file: string) =>
  waitFor(() => project.has(file) && project.read(file).trim() !== '' && project.read(file).trim(), { what: file });

async function terminal(window: Workbench): Promise<void> {
  await window.run('Terminal: Create New Terminal');
  await window.page.locator('.terminal-wrapper.active .xterm-helper-textarea').waitFor({ state: 'attached' });
}

const ECHO = 'echo "$MLFLOW_TRACKING_URI $MLFLOW_TRACKING_TOKEN" >';

/** A window on the project with one task, which has been run; and what the task found in its environment. */
async function runTask(editor: Editor, project: Project, more: object) {
  project.write('task.txt', '');
  const task = { label: 'show', type: 'shell', command: `${ECHO} task.txt`, problemMatcher: [], ...more };
  project.write('.vscode/tasks.json', JSON.stringify({ version: '2.0.0', tasks: [task] }));
  const window = await editor.open(project.folder);
  await ready(window);
  await window.run('Tasks: Run Task');
  await window.quickInput.pick('show');
  return { window, found: await written(project, 'task.txt') };
}

test('tasks know where to log', async ({ editor, project }) => {
  const { found } = await runTask(editor, project, {});
  expect(found).toBe(`${project.daemon?.url} ${project.daemon?.token}`);
});

test('a task that says itself where to log is left alone, and terminals know it all the same', async ({
  editor,
  project,
}) => {
  const options = { env: { MLFLOW_TRACKING_URI: 'https://mlflow.example' } };
  const { window, found } = await runTask(editor, project, { options });
  expect(found).toBe('https://mlflow.example');
  await terminal(window);
  await window.page.keyboard.type(`${ECHO} terminal.txt\n`);
  expect(await written(project, 'terminal.txt')).toBe(`${project.daemon?.url} ${project.daemon?.token}`);
});

test('Python debug sessions know where to log, unless they say something else', async ({ editor, project }) => {
  const launch = (name: string, more: object) => {
    return { name, type: 'debugpy', request: 'launch', file: project.path(`${name}.json`), ...more };
  };
  project.write('other.env', 'MLFLOW_TRACKING_URI=https://mlflow.example\n');
  const configurations = [
    launch('plain', { env: { MINE: '1' } }),
    launch('own', { env: { MLFLOW_TRACKING_URI: 'https://mlflow.example' } }),
    launch('file', { envFile: `\${workspaceFolder}/other.env` }),
  ];
  project.write('.vscode/launch.json', JSON.stringify({ version: '0.2.0', configurations }));
  const window = await editor.open(project.folder);
  await ready(window);
  const seen: unknown[] = [];
  for (const { name } of configurations) {
    await window.run('Debug: Select and Start Debugging');
    await window.quickInput.pick(name);
    seen.push(JSON.parse(await written(project, `${name}.json`)));
  }
  const { url, token } = project.daemon ?? {};
  const own = { MLFLOW_TRACKING_URI: 'https://mlflow.example' };
  expect(seen).toEqual([{ MINE: '1', MLFLOW_TRACKING_URI: url, MLFLOW_TRACKING_TOKEN: token }, own, {}]);
});

test('terminals know nothing when the settings say so', async ({ editor, project }) => {
  project.write('.vscode/settings.json', JSON.stringify({ 'crisol.tracking.terminals': false }));
  const window = await editor.open(project.folder);
  await ready(window);
  await terminal(window);
  await window.page.keyboard.type('echo "<$MLFLOW_TRACKING_URI>" > seen.txt\n');
  expect(await written(project, 'seen.txt')).toBe('<>');
});

test('a link that a script prints opens its run', async ({ editor, project }) => {
  // drawn as text, which can be found
  editor.configure({ 'terminal.integrated.gpuAcceleration': 'off' });
  const window = await editor.open(project.folder);
  await ready(window);
  const headers = { authorization: `Bearer ${project.daemon?.token}`, 'content-type': 'application/json' };
  const asked = await fetch(`${project.daemon?.url}/api/2.0/mlflow/runs/create`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ experiment_id: '0', run_name: 'linked-run' }),
  });
  const { run } = await asked.json();
  await terminal(window);
  const link = `#/experiments/0/runs/${run.info.run_id}`;
  await window.page.keyboard.type(`clear; echo "View run at: $MLFLOW_TRACKING_URI/${link}"\n`);
  const row = window.page.locator('.terminal-wrapper.active .xterm-rows > div').filter({ hasText: /^View run at:/ });
  await row.first().waitFor();
  const box = await row.first().boundingBox();
  await window.page.keyboard.down('Control');
  await window.page.mouse.move((box?.x ?? 0) + 150, (box?.y ?? 0) + 8, { steps: 4 });
  await window.page.getByText('Open run in Crisol').waitFor();
  await window.picture(join(PICTURES, 'views', 'terminal-link.png'));
  await window.page.mouse.click((box?.x ?? 0) + 150, (box?.y ?? 0) + 8);
  await window.page.keyboard.up('Control');
  await window.tab('linked-run').waitFor();
});

test('notebooks log to Crisol after one has agreed, and no longer once one takes it away', async ({
  editor,
  project,
}) => {
  execFileSync('git', ['init', '--quiet'], { cwd: project.folder });
  project.write('.gitignore', 'build');
  project.write('.env', 'MINE=1\n');
  const window = await editor.open(project.folder);
  await ready(window);
  await window.run('Crisol: Use Crisol in notebooks');
  const question = await window.notifications.dialog();
  expect(question).toContain(project.path('.env'));
  expect(question).toContain('.gitignore');
  expect(question).not.toContain(project.daemon?.token);
  await window.picture(join(PICTURES, 'views', 'notebooks.png'));
  await window.notifications.pressInDialog('Write');
  await window.notifications.text('Notebooks log to Crisol');
  const { url, token } = project.daemon ?? {};
  expect(project.read('.env')).toBe(`MINE=1\nMLFLOW_TRACKING_URI=${url}\nMLFLOW_TRACKING_TOKEN=${token}\n`);
  expect(project.read('.gitignore')).toBe('build\n/.env\n');

  await window.run('Crisol: Use Crisol in notebooks');
  await window.notifications.pressInDialog('Remove');
  await waitFor(() => project.read('.env') === 'MINE=1\n', { what: 'the file as it was' });
});
