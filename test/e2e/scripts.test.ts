import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject } from 'vitest';
import { installExtension } from '../../tools/lib/code-server.ts';
import { endWindows } from '../support/e2e.ts';
import { Editor } from '../support/editor.ts';
import { packExtension } from '../support/extension-package.ts';
import { waitFor } from '../support/wait-for.ts';
import type { Workbench } from '../support/workbench/workbench.ts';
import { test as base } from './fixtures.ts';
import { picture } from './pictures.ts';
import type { Project } from './project.ts';
import { LIBRARY, MAIN, MANIFEST, PYTHON_MAIN, PYTHON_MANIFEST } from './python-debugger.ts';

// how scripts learn where to log, and how what they print leads back

// VS Code with what stands for the Python extension and its debugger. By a name of its own: fixtures of a worker are found by their
// name, and the windows of other files would have these extensions, too
const test = base
  .extend('withPython', { scope: 'file' }, async ({ installed, browser }, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'crisol-scripts-'));
    const extensions = join(folder, 'extensions');
    cpSync(inject('extensions'), extensions, { recursive: true });
    for (const [manifest, main] of [
      [MANIFEST, MAIN],
      [PYTHON_MANIFEST, PYTHON_MAIN],
    ] as const) {
      const parts = {
        'package.json': JSON.stringify(manifest),
        'main.js': main,
        'bundled/libs/debugpy/__init__.py': LIBRARY,
      };
      const vsix = await packExtension(join(folder, manifest.name), parts);
      await installExtension({ editor: installed, home: join(folder, 'home'), extensions }, vsix);
    }
    const vscode = await Editor.start({ editor: installed, extensions, browser });
    onCleanup(async () => {
      await vscode.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    return vscode;
  })
  .override('editor', async ({ withPython, task, afterWindows: _ }, { onCleanup }) => {
    onCleanup(() => endWindows(withPython, task));
    return withPython;
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
const ELSEWHERE = { MLFLOW_TRACKING_URI: 'https://mlflow.example' };

function offerTask(project: Project, label: string, more = {}): void {
  const task = { label, type: 'shell', command: `${ECHO} ${label}.txt`, problemMatcher: [], ...more };
  project.write('.vscode/tasks.json', JSON.stringify({ version: '2.0.0', tasks: [task] }));
}

/** What the task finds in its environment. */
async function runTask(window: Workbench, project: Project, label: string): Promise<string> {
  await window.quickInput.through(
    () => window.run('Tasks: Run Task'),
    (box) => box.pick(label),
  );
  return written(project, `${label}.txt`);
}

test('a task or Python debug session that says itself where to log is left alone; the others know, and so do terminals', async ({
  editor,
  project,
}) => {
  offerTask(project, 'elsewhere', { options: { env: ELSEWHERE } });
  const launch = (name: string, more: object) => {
    return { name, type: 'debugpy', request: 'launch', file: project.path(`${name}.json`), ...more };
  };
  const configurations = [
    launch('plain', { env: { MINE: '1' } }),
    launch('own', { env: ELSEWHERE }),
    launch('file', { envFile: `\${workspaceFolder}/other.env` }),
  ];
  project.write('other.env', 'MLFLOW_TRACKING_URI=https://mlflow.example\n');
  project.write('.vscode/launch.json', JSON.stringify({ version: '0.2.0', configurations }));
  const window = await editor.open(project.folder);
  await ready(window);
  expect(await runTask(window, project, 'elsewhere')).toBe('https://mlflow.example');

  const seen: unknown[] = [];
  for (const { name } of configurations) {
    await window.quickInput.through(
      () => window.run('Debug: Select and Start Debugging'),
      (box) => box.pick(name),
    );
    seen.push(JSON.parse(await written(project, `${name}.json`)));
  }
  const { url, token } = project.daemon ?? {};
  expect(seen).toEqual([{ MINE: '1', MLFLOW_TRACKING_URI: url, MLFLOW_TRACKING_TOKEN: token }, ELSEWHERE, {}]);

  await terminal(window);
  await window.page.keyboard.type(`${ECHO} terminal.txt\n`);
  expect(await written(project, 'terminal.txt')).toBe(`${url} ${token}`);
});

test('steps run with the Python that is selected in VS Code, those of a terminal too, and go on with another one', async ({
  editor,
  project,
}) => {
  for (const name of ['one', 'two']) {
    const says = `#!/bin/sh\n[ "$1" = -V ] && echo Python 3.9.1 || echo "${name} $*" > seen.txt\n`;
    project.write(`envs/${name}/bin/python`, says);
    chmodSync(project.path(`envs/${name}/bin/python`), 0o755);
  }
  const select = (name: string) => {
    const settings = { 'python.defaultInterpreterPath': project.path(`envs/${name}/bin/python`) };
    project.write('.vscode/settings.json', JSON.stringify(settings));
  };
  project.write('crisol.yaml', 'version: 1\nname: chosen\nsteps:\n  show: {run: python show.py}\n');
  select('one');
  const window = await editor.open(project.folder);
  await ready(window);
  const told = (name: string) =>
    waitFor(async () => (await project.crisol('status')).includes(`envs/${name}/bin/python (chosen in VS Code)`), {
      what: `${name} is told`,
    });
  await told('one');
  expect(await project.crisol('run')).toContain('show');
  expect(project.read('seen.txt')).toBe('one show.py\n');
  select('two');
  await told('two');
  await project.crisol('run', 'show');
  expect(project.read('seen.txt')).toBe('two show.py\n');
});

test('terminals know nothing when the settings say so', async ({ editor, project }) => {
  project.write('.vscode/settings.json', JSON.stringify({ 'crisol.tracking.terminals': false }));
  const window = await editor.open(project.folder);
  await ready(window);
  await terminal(window);
  await window.page.keyboard.type('echo "<$MLFLOW_TRACKING_URI>" > seen.txt\n');
  expect(await written(project, 'seen.txt')).toBe('<>');
});

test('tasks and terminals know where to log, and the command crisol; a link that a script prints opens its run', async ({
  editor,
  project,
}) => {
  // drawn as text, which can be found
  editor.configure({ 'terminal.integrated.gpuAcceleration': 'off' });
  offerTask(project, 'show');
  const window = await editor.open(project.folder);
  await ready(window);
  expect(await runTask(window, project, 'show')).toBe(`${project.daemon?.url} ${project.daemon?.token}`);
  const headers = { authorization: `Bearer ${project.daemon?.token}`, 'content-type': 'application/json' };
  const asked = await fetch(`${project.daemon?.url}/api/2.0/mlflow/runs/create`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ experiment_id: '0', run_name: 'linked-run' }),
  });
  const { run } = await asked.json();
  await terminal(window);
  await window.page.keyboard.type('crisol status > status.txt\n');
  expect(await written(project, 'status.txt')).toContain(project.daemon?.url);
  const link = `#/experiments/0/runs/${run.info.run_id}`;
  await window.page.keyboard.type(`clear; echo "View run at: $MLFLOW_TRACKING_URI/${link}"\n`);
  const row = window.page.locator('.terminal-wrapper.active .xterm-rows > div').filter({ hasText: /^View run at:/ });
  await row.first().waitFor();
  const box = await row.first().boundingBox();
  await window.page.mouse.move((box?.x ?? 0) + 150, (box?.y ?? 0) + 8, { steps: 4 });
  const offer = window.page.getByText('Open run in Crisol');
  await offer.waitFor();
  await picture(window, 'views/terminal-link');
  await offer.click();
  await window.tab('linked-run').waitFor();
});

// where there is no Python, `tools/verify.ts` says so
test.runIf(process.env.CRISOL_MLFLOW_PYTHON)(
  'a step is debugged from its lens: its own command waits for the debugger, and the session ends with it',
  async ({ editor, project }) => {
    project.write('train.py', 'open("trained.txt", "w").write("yes")\nprint("trained")\n');
    project.write(
      'crisol.yaml',
      'version: 1\nname: bugs\nsteps:\n  train: {run: python3 train.py, outs: [trained.txt]}\n',
    );
    const window = await editor.open(project.folder, 'crisol.yaml');
    // lenses are drawn anew when the daemon is there, and a click on one that goes away is lost
    await window.showViews('Crisol');
    await window.tree('Pipeline').row('train').waitFor();
    await window.text.codeLenses.filter({ hasText: /^Debug$/ }).click();
    await window.notifications.message(/succeeded after/).waitFor();
    expect(await project.crisol('logs', 'train')).toBe('attached, go on\ntrained\n');
    expect(project.read('trained.txt')).toBe('yes');
    await window.page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
    await picture(window, 'views/debugged-step');
    // the terminal's command is the same: there is nothing to be done
    expect(await project.crisol('run', '--dry-run')).toContain('up to date');
  },
);

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
  await picture(window, 'views/notebooks');
  await window.notifications.pressInDialog('Write');
  await window.notifications.text('Notebooks log to Crisol');
  const { url, token } = project.daemon ?? {};
  expect(project.read('.env')).toBe(`MINE=1\nMLFLOW_TRACKING_URI=${url}\nMLFLOW_TRACKING_TOKEN=${token}\n`);
  expect(project.read('.gitignore')).toBe('build\n/.env\n');

  await window.run('Crisol: Use Crisol in notebooks');
  await window.notifications.pressInDialog('Remove');
  await waitFor(() => project.read('.env') === 'MINE=1\n', { what: 'the file as it was' });
});
