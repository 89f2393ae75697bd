import { rmSync } from 'node:fs';
import { afterAll, expect } from 'vitest';
import { TempWorkspace } from '../support/temp-workspace.ts';
import { test } from './fixtures.ts';

const workspace = new TempWorkspace({
  files: {
    'crisol.yaml': `version: 1
include: parts/train.crisol.yaml
params: conf/values.yaml
steps:
  a: {run: "echo \${{ params.rate }}", deps: data.csv, needs: [train]}
`,
    'parts/train.crisol.yaml': 'steps:\n  train: {run: echo, needs: [nobody]}\n',
    'conf/values.yaml': 'rat: 1\n',
    'data.csv': 'a,b\n',
  },
});
afterAll(() => workspace.dispose());

test('what is typed into a params file, and what comes and goes on the disk, is told in crisol.yaml and its parts', async ({
  editor,
}) => {
  const window = await editor.open(workspace.folder, 'crisol.yaml');
  await window.tab('crisol.yaml').waitFor();
  const { page, text } = window;
  const isTold = (what: RegExp) => expect.poll(() => window.problems()).toContainEqual(expect.stringMatching(what));
  const isGone = (what: RegExp) => expect.poll(() => window.problems()).not.toContainEqual(expect.stringMatching(what));
  // a part that nobody has opened is told of, too
  await isTold(/params\.rate/);
  await isTold(/There is no step `?nobody/);

  await page.keyboard.press('ControlOrMeta+P');
  await page.keyboard.type('values.yaml');
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'values.yaml' }).first().waitFor();
  await page.keyboard.press('Enter');
  await window.tab('values.yaml').waitFor();
  await text.focus();
  await page.keyboard.press('ControlOrMeta+End');
  await text.type('rate: 2');
  await isGone(/params\.rate/);

  rmSync(workspace.path('data.csv'));
  await isTold(/No step makes `?data\.csv/);
  workspace.write('data.csv', 'a,b\n');
  await isGone(/No step makes/);
});
