import { rmSync } from 'node:fs';
import { expect } from 'vitest';
import { test } from './fixtures.ts';
import { picture, pictures } from './pictures.ts';

const FILE = `version: 1
name: search
params: {lr: 0.1, depth: 3}
steps:
  train:
    run: |
      while [ -e hold ]; do sleep 0.05; done
      echo "{\\"loss\\": \${{ params.lr }}}" > metrics.json
      echo \${{ params.depth }} > depth.txt
    outs: [depth.txt]
    metrics: [metrics.json]
sweeps:
  tune:
    step: train
    goal: minimize loss
    space:
      lr: {float: [0.1, 0.6], step: 0.1}
      depth: {choice: [3, 5]}
    sampler: grid
  other:
    step: train
    goal: minimize loss
    space: {lr: {float: [0.1, 0.6]}}
`;

test('a sweep is run from crisol.yaml, cancelled, begun from the palette, and its trials are looked at in the table', async ({
  editor,
  project,
}) => {
  project.write('crisol.yaml', FILE);
  project.write('hold', '');
  const window = await editor.open(project.folder, 'crisol.yaml');
  const { text, notifications, quickInput } = window;
  const lens = (words: string | RegExp) => text.codeLenses.filter({ hasText: words }).first();
  await lens(/Run\ssweep/).click();
  await lens(/\d\/12/).waitFor();
  await pictures(window, 'sweeps/running');
  await lens('Cancel').click();
  await lens(/last:.*trials?/).waitFor();
  await notifications.message(/sweep tune: cancelled/).waitFor();
  rmSync(project.path('hold'));

  await quickInput.through(
    () => window.run('Crisol: Start a sweep…'),
    async (box) => {
      expect(await box.texts()).toEqual([
        expect.stringMatching(/^tune.*train.*minimize loss/),
        expect.stringMatching(/^other/),
      ]);
      await picture(window, 'sweeps/palette');
      await box.pick('tune');
    },
  );
  await notifications.message(/sweep tune: succeeded after .* best loss 0\.1/).waitFor();
  await lens(/last:.*12\strials,\sbest\sloss\s0\.1/).waitFor();
  await pictures(window, 'sweeps/done');
  await notifications.press(/sweep tune: succeeded/, 'Show trials');
  const panel = await window.panels.open(/^Runs of/);
  await expect.poll(() => panel.locator('tbody .row').count()).toBe(12);
  await pictures(window, 'sweeps/table');

  await window.showViews('Crisol');
  const tree = await window.tree('Experiments').unfold();
  await tree.expand('search');
  await tree.row(/sweep tune/).waitFor();
  await picture(window, 'sweeps/experiments');
});
