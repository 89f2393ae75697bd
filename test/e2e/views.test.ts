import { join } from 'node:path';
import { expect } from 'vitest';
import { PICTURES } from '../support/e2e.ts';
import type { Theme, Workbench } from '../support/workbench/workbench.ts';
import { THEMES } from '../support/workbench/workbench.ts';
import { test } from './project.ts';

const VIEWS = ['Experiments', 'Pipeline', 'Models', 'Endpoints', 'Monitors'];

async function showAll(window: Workbench): Promise<void> {
  await window.showViews('Crisol');
  for (const view of VIEWS) await window.tree(view).unfold();
}

async function promote(window: Workbench, stage: string, reason: string): Promise<void> {
  await window.run('Crisol: Promote model version');
  await window.quickInput.pick('v1');
  await window.quickInput.pick(stage);
  await window.quickInput.rows.filter({ hasText: 'asks for a reason' }).waitFor();
  await window.picture(join(PICTURES, 'views', `promote-to-${stage}.png`));
  await window.quickInput.pick('asks for a reason');
  await window.quickInput.answer(reason);
  await window.notifications.text(`match-outcome v1 is now in ${stage}`);
}

test('from a first run over a promotion to drift, the views follow', async ({ editor, project }) => {
  const window = await editor.open(project.folder);
  await showAll(window);

  // a run, started from the empty view
  await window.tree('Experiments').welcome.getByText('Run pipeline').click();
  await window.statusItem(/train 2\/4/).waitFor();
  await window.tree('Pipeline').row('waits for').waitFor();
  await window.picture(join(PICTURES, 'views', 'running.png'));
  await window.notifications.press('succeeded', 'Open run');
  await expect
    .poll(() => window.tree('Experiments').texts())
    .toEqual(['match-outcome 1 run', expect.stringMatching(/^[a-z]+-[a-z]+-\d+ f1 0\.\d{3} · /)]);
  await window.tree('Models').row('development').waitFor();

  // a promotion says what it will do, asks for a reason, and can be undone
  await promote(window, 'staging', 'the first one');
  await window.tree('Models').row('staging').waitFor();
  await promote(window, 'production', 'better than nothing');
  await window.tree('Models').row('production').waitFor();
  const history = JSON.parse(await project.crisol('models', '--json'));
  expect(history.models[0].versions[0].stage).toBe('production');

  await window.picture(join(PICTURES, 'views', 'promoted.png'));

  // an endpoint, from its row
  await window.tree('Endpoints').inlineAction('match-outcome', 'Start endpoint');
  await window.notifications.text('serves v1');
  await window.tree('Endpoints').row('no requests yet').waitFor();

  // drift, on the tree, its badge and the status bar
  await project.crisol('demo', 'traffic', '--drift');
  await window
    .tree('Monitors')
    .row(/of 1\d columns|of \d columns/)
    .waitFor();
  await window.statusItem(/drift \d/).waitFor();
  for (const theme of Object.keys(THEMES) as Theme[]) {
    await window.theme(theme);
    await window.tree('Models').row('production').hover();
    await window.picture(join(PICTURES, 'views', `${theme}.png`));
  }
  for (const view of VIEWS) console.log(view, await window.tree(view).texts());
});
