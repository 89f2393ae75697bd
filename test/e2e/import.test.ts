import { expect } from 'vitest';
import { copyStore } from '../support/mlflow-stores.ts';
import { test } from './fixtures.ts';

test('a store that MLflow left in the folder is found and brought in, with its runs in the tree', async ({
  editor,
  project,
}) => {
  copyStore(project, 'mlflow-3', 'mlruns');
  const window = await editor.open(project.folder);
  await window.showViews('Crisol');
  await window.quickInput.through(
    () => window.run('Crisol: Import from MLflow'),
    (box) => box.pick('mlruns'),
  );
  const message = await window.notifications.text('came from MLflow');
  expect(message).toContain('5 runs and 2 model versions came from MLflow.');
  await expect.poll(() => window.tree('Experiments').texts()).toContainEqual(expect.stringContaining('football'));
});
