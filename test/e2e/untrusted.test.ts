import { expect } from 'vitest';
import { test } from '../support/e2e.ts';
import { AWKWARD_NAME } from '../support/temp-workspace.ts';
import { Project } from './project.ts';

const FILE = 'version: 1\nname: tiny\nsteps:\n  hello:\n    run: echo hello\n';

test('in a folder that is not trusted nothing starts, the views say why and offer to trust it', async ({
  editor,
  afterWindows,
}) => {
  const workspace = new Project({
    name: AWKWARD_NAME,
    files: { 'crisol.yaml': FILE, 'wrong.crisol.yaml': 'stpes: {}\n' },
  });
  afterWindows(() => workspace.end());
  editor.configure({ 'security.workspace.trust.enabled': true });
  const window = await editor.open(workspace.folder);
  await window.showViews('Crisol');
  for (const view of ['Experiments', 'Models', 'Endpoints']) {
    const { welcome } = await window.tree(view).unfold();
    await welcome.getByText('restricted mode').waitFor();
    await welcome.getByText('Manage trust').waitFor();
  }
  expect(workspace.has('.crisol')).toBe(false);
  // in the file itself nothing offers to run anything
  await window.quickInput.openFile('crisol.yaml');
  const { codeLenses } = window.text;
  await codeLenses.filter({ hasText: 'Why?' }).waitFor();
  expect(await codeLenses.allInnerTexts()).toEqual(['Why?']);
  // and nothing is said of runs that nobody has looked at
  await codeLenses.first().click();
  expect(await window.quickInput.texts()).toEqual([
    expect.stringMatching(/^hello runs when something/),
    expect.stringMatching(/^It waits for no other step/),
  ]);
  await window.page.keyboard.press('Escape');
  // what is wrong with a file is told all the same
  await window.quickInput.openFile('wrong.crisol.yaml');
  await window.text.squiggles('error').first().waitFor();
  await window.run('Go Back');

  // trusted, it starts without a reload
  await window.trust();
  await window.tree('Pipeline').row('hello').waitFor();
  await codeLenses.filter({ hasText: 'Run from here' }).waitFor();
  expect(workspace.has('.crisol')).toBe(true);
});
