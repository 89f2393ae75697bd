import { expect } from 'vitest';
import { test } from './fixtures.ts';
import { picture, pictures } from './pictures.ts';

const FILE = `version: 1
name: shy
params:
  lr: 0.1
  region: eu
on:
  schedule:
    - {name: nightly, cron: "0 3 * * *", timezone: Europe/Madrid}
  manual:
    retrain:
      description: Train again with another learning rate.
      inputs:
        lr: {type: number, required: true}
        region: {type: choice, options: [eu, us], default: eu}
steps:
  train:
    run: echo \${{ params.lr }} \${{ params.region }} > told.txt
`;

test('triggers are paused, resumed and asked for a run, and tell what became of their occasions', async ({
  editor,
  project,
}) => {
  project.write('crisol.yaml', FILE);
  const window = await editor.open(project.folder, 'crisol.yaml');
  await window.showViews('Crisol');
  const tree = await window.tree('Pipeline').unfold();
  // what comes comes together: rows that follow would redraw the view, and fold what one unfolds just then
  await tree.rows.first().waitFor();
  expect(await tree.texts()).toContainEqual(expect.stringMatching(/^Triggers/));
  await tree.expand(/^Triggers/);
  await tree.row(/^nightly.*in \d+.*every day 03:00/).waitFor();

  await tree.inlineAction(/^nightly/, 'Pause a trigger…');
  await tree.row(/^nightly.*paused/).waitFor();
  await tree.contextAction(/^nightly/, 'Resume a trigger…');
  await tree.row(/^nightly.*in \d+/).waitFor();

  const { quickInput } = window;
  await quickInput.through(
    () => tree.inlineAction(/^retrain/, 'Run a trigger…'),
    async (box) => {
      // what is no number is not taken
      await box.type('fast');
      await window.page.getByText('Write a number, such as 0.1.').waitFor();
      await picture(window, 'views/trigger-input');
      await box.answer('0.05');
      await box.pick('us');
    },
  );
  await tree.row(/^retrain.*succeeded just now/).waitFor();
  expect(project.read('told.txt')).toBe('0.05 us\n');
  await pictures(window, 'views/triggers');

  await quickInput.through(
    () => tree.click(/^retrain/),
    async (box) => {
      expect((await box.texts())[0]).toMatch(/^succeeded/);
      await picture(window, 'views/trigger-history');
      await box.pick('succeeded');
    },
  );
  const panel = await window.panels.open();
  await panel.getByRole('tab', { name: 'Steps and logs' }).waitFor();
});
