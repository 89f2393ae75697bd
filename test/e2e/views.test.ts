import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { PredictAnswer } from '../../schemas/wire/serving.ts';
import { exec } from '../../tools/lib/exec.ts';
import { waitFor } from '../support/wait-for.ts';
import type { Workbench } from '../support/workbench/workbench.ts';
import { test } from './fixtures.ts';
import { picture, pictures } from './pictures.ts';

const VIEWS = ['Experiments', 'Pipeline', 'Models', 'Endpoints', 'Monitors'];

async function showAll(window: Workbench): Promise<void> {
  await window.showViews('Crisol');
  for (const view of VIEWS) await window.tree(view).unfold();
}

/** From the palette: version, stage, what will happen, and why. */
async function promote(window: Workbench, stage: string, reason: string): Promise<void> {
  await window.quickInput.through(
    () => window.run('Crisol: Promote model version'),
    async (box) => {
      await box.pick('v1');
      await box.pick(stage);
      await box.rows.filter({ hasText: 'asks for a reason' }).waitFor({ timeout: 15_000 });
      expect((await box.texts()).join('\n')).toContain(`to ${stage}`);
      await picture(window, `views/promote-to-${stage}`);
      await box.pick('asks for a reason');
      await box.answer(reason);
    },
  );
  await window.notifications.text(`match-outcome v1 is now in ${stage}`);
}

test('the first run appears and moves in the views, and opens from its message; a promotion says what it does, asks why, shows in the tree, and is undone', async ({
  editor,
  project,
}) => {
  const window = await editor.open(project.folder);
  await showAll(window);
  await window.tree('Experiments').welcome.getByText('Run pipeline').click();
  await window.statusItem(/train 2\/4/).waitFor();
  await window.tree('Pipeline').row('waits for train').waitFor();
  await picture(window, 'views/running');

  await window.notifications.press('succeeded', 'Open run');
  const experiments = window.tree('Experiments');
  await expect
    .poll(() => experiments.texts())
    .toEqual(['match-outcome 1 run', expect.stringMatching(/^\S+ f1 0\.\d{3} · /)]);
  const [, run] = await experiments.texts();
  await window.tab(run?.split(' ')[0] ?? '').waitFor();
  // it takes the focus once it is there, and what asks at that moment is gone
  await (await window.panels.open()).getByRole('heading', { level: 1 }).waitFor();
  const models = window.tree('Models');
  await expect.poll(() => models.texts()).toContainEqual(expect.stringMatching(/^development v1 · f1 0/));

  await promote(window, 'staging', 'the first one');
  await models.row('staging').waitFor();
  await promote(window, 'production', 'better than nothing');
  await models.row('production').waitFor();

  await window.notifications.press('is now in production', 'Undo');
  await models.row('staging').waitFor();
  await window.run('Crisol: Show model history');
  await expect.poll(() => window.quickInput.texts()).toHaveLength(3);
  expect((await window.quickInput.texts()).join('\n')).toContain('Undo: better than nothing');
});

test('an endpoint starts from its row and answers; drift shows everywhere', async ({ editor, trained: project }) => {
  await project.crisol('promote', 'match-outcome', '1', '--to', 'production', '--reason', 'for the endpoint');
  const window = await editor.open(project.folder);
  await showAll(window);
  const endpoints = window.tree('Endpoints');
  await endpoints.inlineAction('match-outcome', 'Start endpoint');
  await window.notifications.text('serves v1');
  await endpoints.row('no requests').waitFor();

  // the copied line works in a terminal; what an earlier window copied is still there
  await window.page.evaluate(() => navigator.clipboard.writeText(''));
  await window.notifications.press('serves v1', 'Copy as curl');
  const line = await waitFor(() => window.page.evaluate(() => navigator.clipboard.readText()), { what: 'the copy' });
  const { output } = await exec('sh', ['-c', line]);
  const answer: PredictAnswer = JSON.parse(output);
  expect(Object.keys(answer.probabilities).sort()).toEqual(['away', 'draw', 'home']);

  await project.crisol('demo', 'traffic', '--drift');
  await window.tree('Monitors').row('home_form').waitFor();
  await window.statusItem(/drift \d/).waitFor();
  await window.page
    .locator('.activitybar')
    .getByRole('tab', { name: /columns drifted/ })
    .waitFor();
  await window.quickInput.openFile('crisol.yaml', 64);
  await window.text.squiggles('warning').waitFor();
  await pictures(window, 'views/all', () => window.tree('Models').row('production').hover());
});

test('what went wrong is said where it helps: too few runs to compare, a mistake in crisol.yaml, an end of work', async ({
  editor,
  trained: project,
}) => {
  await project.crisol('run', '--param', 'l2=100');
  await project.crisol('promote', 'match-outcome', '1', '--to', 'production', '--reason', 'to serve it');
  const window = await editor.open(project.folder);
  await window.quickInput.through(
    () => window.run('Crisol: Compare runs'),
    async (box) => {
      await box.pick('');
      await box.press('OK');
      await box.box.getByText('choose at least two').waitFor({ timeout: 15_000 });
    },
  );
  await window.page.keyboard.press('Escape');

  await showAll(window);
  await window.tree('Endpoints').inlineAction('match-outcome', 'Start endpoint');
  await window.notifications.text('serves v1');
  await window.run('Crisol: Stop daemon');
  expect(await window.notifications.dialog()).toContain('Endpoint match-outcome stops answering until');
  await window.notifications.pressInDialog('Stop daemon');
  await window.tree('Endpoints').row('stopped · production').waitFor();

  const file = join(project.folder, 'crisol.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('  l2: 1', '  l2:1'));
  await window.run('Crisol: Run pipeline');
  expect(await window.notifications.text('line 8')).not.toContain('`');
  await window.notifications.press('line 8', 'Open crisol.yaml');
  await window.page.getByText(/Ln 8, Col/).waitFor();
});
