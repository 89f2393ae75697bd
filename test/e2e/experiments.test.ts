import { rmSync } from 'node:fs';
import { expect } from 'vitest';
import { test } from './fixtures.ts';
import { post } from './grid-search.ts';
import { picture, pictures } from './pictures.ts';
import type { Project } from './project.ts';

const START = 1_700_000_000_000;

interface Logged {
  experiment_id: string;
  name: string;
  at: number;
  parent?: string;
  f1: number;
  depth?: number;
}

async function logRun(project: Project, { experiment_id, name, at, parent, f1, depth = 3 }: Logged): Promise<string> {
  const tags = parent === undefined ? [] : [{ key: 'mlflow.parentRunId', value: parent }];
  const request = { experiment_id, run_name: name, start_time: START + at * 1000, tags };
  const { run_id } = (await post(project, 'runs/create', request)).run.info;
  const metrics = [{ key: 'f1', value: f1, step: 0, timestamp: START }];
  await post(project, 'runs/log-batch', { run_id, metrics, params: [{ key: 'depth', value: String(depth) }] });
  await post(project, 'runs/update', { run_id, status: 'FINISHED', end_time: START + at * 1000 + 61_000 });
  return run_id;
}

test('experiments are worked in: searches open, filters complete, runs are renamed, moved, deleted and brought back', async ({
  editor,
  project,
}) => {
  // scripts that only log need no pipeline: their runs are seen all the same
  rmSync(project.path('crisol.yaml'));
  await project.crisol('up');
  const { experiment_id } = await post(project, 'experiments/create', { name: 'sweeps' });
  const search = await logRun(project, { experiment_id, name: 'search', at: 0, f1: 0.9 });
  for (const [at, f1] of [0.5, 0.7, 0.9].entries())
    await logRun(project, { experiment_id, name: `trial-${at}`, at: at + 1, parent: search, f1, depth: at });
  const window = await editor.open(project.folder);
  await window.showViews('Crisol');
  const tree = await window.tree('Experiments').unfold();
  for (const other of ['Pipeline', 'Models', 'Endpoints', 'Monitors']) await window.tree(other).header.click();

  await expect.poll(() => tree.texts()).toEqual(['sweeps 1 run', 'search f1 0.900 · 1:01 · 3 nested']);
  await tree.expand('search');
  await tree.row('trial-2').waitFor();
  // live: a script logs one more
  await logRun(project, { experiment_id, name: 'trial-3', at: 9, parent: search, f1: 0.8 });
  await tree.row(/trial-3.*0\.800/).waitFor();
  await picture(window, 'experiments/nested');

  await window.quickInput.through(
    () => tree.contextAction('sweeps', 'Filter runs'),
    async (box) => {
      await box.type('metr');
      await box.pick('metrics.f1');
    },
  );
  // what is typed before it stands there would be written over
  await expect.poll(() => window.quickInput.input.inputValue()).toMatch(/^metrics\.f1/);
  await window.quickInput.input.press('End');
  await window.quickInput.input.pressSequentially('> ');
  await expect.poll(() => window.quickInput.texts()).toContainEqual(expect.stringContaining('Expected numeric value'));
  await window.quickInput.input.pressSequentially('0.75');
  await picture(window, 'experiments/filter');
  await window.quickInput.pick('Show runs that are like this');
  await tree.row(/metrics\.f1 > 0\.75.*3 runs/).waitFor();
  await window.quickInput.through(
    () => tree.contextAction('sweeps', 'Sort runs'),
    (box) => box.pick('f1, highest first'),
  );
  await tree.row(/sweeps.*f1 ↓/).waitFor();
  await expect
    .poll(async () => (await tree.texts()).slice(2).map((text) => text.split(' ')[0]))
    .toEqual(['trial-2', 'search', 'trial-3']);
  // it is kept when the window is loaded anew
  await window.page.reload();
  await window.ready();
  await window.showViews('Crisol');
  await tree.row(/metrics\.f1 > 0\.75.*3 runs/).waitFor();
  await tree.row(/sweeps.*f1 ↓/).waitFor();
  await picture(window, 'experiments/filtered');
  await tree.inlineAction('metrics.f1 > 0.75', 'Clear filter');
  await tree.row('search').waitFor();

  await window.quickInput.through(
    () => tree.contextAction('sweeps', 'Group runs'),
    (box) => box.pick('params.depth'),
  );
  await tree.row('by params.depth').waitFor();
  await tree.expand(/^3.*2 runs/);
  await tree.row('trial-3').waitFor();
  await picture(window, 'experiments/grouped');

  await window.quickInput.through(
    () => tree.contextAction('trial-3', 'Rename run'),
    (box) => box.answer('best'),
  );
  await tree.row(/best.*0\.800/).waitFor();
  await window.quickInput.through(
    () => tree.contextAction('best', 'Move runs'),
    async (box) => {
      await box.pick('New experiment');
      await box.answer('keepers');
    },
  );
  await expect.poll(() => tree.texts()).toContainEqual('keepers 1 run');
  await window.notifications.press('1 run is in keepers now.', 'Undo');
  await tree.row(/keepers.*0 runs/).waitFor();

  await window.quickInput.through(
    () => tree.contextAction('sweeps', 'Set tag'),
    async (box) => {
      await box.box.getByText('Name of the tag').waitFor();
      await box.answer('owner');
      await box.box.getByText('Value of owner').waitFor();
      await box.answer('ana');
    },
  );
  await window.notifications.text('Tag owner set: sweeps.');
  await window.quickInput.through(
    () => tree.contextAction('sweeps', 'Remove tag'),
    (box) => box.pick('owner'),
  );
  await window.notifications.press('Tag owner removed: sweeps.', 'Undo');
  await expect.poll(() => tree.tooltip('sweeps')).toContain('owner: ana');

  // of a search its trials are what is compared
  await window.quickInput.through(
    () => tree.contextAction('search', 'Compare runs'),
    async (box) => {
      await expect.poll(() => box.texts(), { timeout: 15_000 }).toHaveLength(4);
      await box.press('OK');
    },
  );
  await window.tab(/Compare 4 runs/).waitFor();
  // it takes the focus once it is loaded
  await (await window.panels.open(/Compare 4 runs/)).getByRole('heading', { name: 'Comparing 4 runs' }).waitFor();

  await tree.contextAction('search', 'Delete runs');
  expect(await window.notifications.dialog()).toContain('crisol gc');
  await window.notifications.pressInDialog('Delete with nested runs');
  await tree.row(/sweeps.*0 runs/).waitFor();
  await window.notifications.press('Deleted: 5 runs', 'Undo');
  await tree.row(/sweeps.*1 run/).waitFor();
});

test('of many runs and versions the newest are shown; more are loaded at a click, and one goes on there', async ({
  editor,
  project,
}) => {
  // scripts that only log need no pipeline: their runs are seen all the same
  rmSync(project.path('crisol.yaml'));
  await project.crisol('up');
  const { experiment_id } = await post(project, 'experiments/create', { name: 'many' });
  for (let at = 0; at < 230; at++)
    await post(project, 'runs/create', { experiment_id, run_name: `run-${at}`, start_time: START + at * 1000 });
  await post(project, 'registered-models/create', { name: 'forecast' });
  for (let version = 0; version < 21; version++)
    await post(project, 'model-versions/create', { name: 'forecast', source: `s3://models/${version}` });
  const window = await editor.open(project.folder);
  await window.showViews('Crisol');
  const runs = await window.tree('Experiments').unfold();
  // a click while rows still arrive would hit what moves into its place
  await runs.row('run-229').waitFor();
  await runs.row(/many.*230 runs/).click();
  await runs.row('run-229').waitFor({ state: 'hidden' });
  await window.page.keyboard.press('ArrowRight');
  await runs.row('run-229').waitFor();
  await window.page.keyboard.press('End');
  await runs.row('… 130 more').click();
  const first = runs.pane.locator('.monaco-list-row.focused.selected').filter({ hasText: 'run-129' });
  await first.waitFor();
  await window.page.keyboard.press('ArrowDown');
  await runs.pane.locator('.monaco-list-row.focused').filter({ hasText: 'run-128' }).waitFor();
  await window.page.keyboard.press('End');
  await runs.row('… 30 more').click();
  await runs.pane.locator('.monaco-list-row.focused.selected').filter({ hasText: 'run-29' }).waitFor();
  await window.page.keyboard.press('End');
  await runs.row(/^run-0\b/).waitFor();
  expect(await runs.row('more').count()).toBe(0);

  await runs.header.click();
  for (const other of ['Pipeline', 'Endpoints', 'Monitors']) await window.tree(other).header.click();
  const models = await window.tree('Models').unfold();
  await models.expand('forecast');
  await models.row('v21').waitFor();
  await pictures(window, 'models/many');
  await models.row('… 11 more').click();
  await models.pane.locator('.monaco-list-row.focused.selected').filter({ hasText: 'v11' }).waitFor();
  await expect.poll(async () => (await models.texts()).at(-1)).toMatch(/^v1 /);
  await picture(window, 'models/all');
});
