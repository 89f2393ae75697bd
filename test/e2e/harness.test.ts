import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { installExtension } from '../../tools/lib/code-server.ts';
import { test as base, PICTURES } from '../support/e2e.ts';
import type { TempWorkspace } from '../support/temp-workspace.ts';
import { AWKWARD_NAME } from '../support/temp-workspace.ts';
import { packTinyExtension } from '../support/tiny-extension.ts';
import type { Theme, Workbench } from '../support/workbench/workbench.ts';
import { THEMES } from '../support/workbench/workbench.ts';

// the page objects themselves, on an extension that has one of everything
const test = base
  .override('extensions', async ({ installed }, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'crisol-tiny-'));
    onCleanup(() => rmSync(folder, { recursive: true, force: true }));
    const extensions = join(folder, 'extensions');
    const options = { editor: installed, home: join(folder, 'home'), extensions };
    await installExtension(options, await packTinyExtension(folder));
    return extensions;
  })
  .override('workspaceOptions', { name: AWKWARD_NAME, files: { 'notes.txt': 'one\ntwo\n' } });

// one window for all of it: opening it takes longer than what is tried
test('commands, trees, the editor and panels can be driven, read and pictured', async ({ editor, workspace }) => {
  const workbench = await editor.open(workspace.folder);
  await aCommandAsksAndAnswers(workbench);
  await aTreeShowsRowsAndRunsTheirActions(workbench);
  await aPanelIsReadAndPicturedInEachTheme(workbench);
  await theEditorTypesUnderlinesAndSaves(workbench, workspace);
});

async function aCommandAsksAndAnswers(workbench: Workbench): Promise<void> {
  await workbench.run('Tiny: Greet');
  expect(await workbench.quickInput.texts()).toEqual(['Hello', 'Goodbye']);
  await workbench.quickInput.pick('Hello');
  await workbench.quickInput.answer('Ada');
  expect(await workbench.notifications.text('Hello')).toBe('Hello, Ada');
  await workbench.notifications.press('Hello', 'Thanks');
}

async function aTreeShowsRowsAndRunsTheirActions(workbench: Workbench): Promise<void> {
  await workbench.showViews('Tiny');
  const pets = await workbench.tree('Pets').unfold();
  await pets.expand('Cats');
  await expect.poll(() => pets.texts()).toEqual(['Cats 2 of them', 'Tom', 'Kitty', 'Dogs 1 of them']);
  await pets.inlineAction('Tom', 'Feed');
  await workbench.notifications.text('fed Tom');
  await pets.contextAction('Kitty', 'Feed');
  await workbench.notifications.text('fed Kitty');
  expect(await workbench.tree('Nothing').welcome.innerText()).toContain('There is nothing here.');
}

async function aPanelIsReadAndPicturedInEachTheme(workbench: Workbench): Promise<void> {
  await workbench.run('Tiny: Open panel');
  const panel = await workbench.panels.open('Tiny panel');
  expect(await panel.getByRole('heading').innerText()).toBe('A panel');
  expect(await workbench.unnamed(panel)).toEqual(['- button (after - button "Named")', '- img (after - button)']);
  for (const theme of Object.keys(THEMES) as Theme[]) {
    await workbench.theme(theme);
    const file = join(PICTURES, 'harness', `${theme}.png`);
    await workbench.picture(file);
    expect(statSync(file).size).toBeGreaterThan(10_000);
  }
}

async function theEditorTypesUnderlinesAndSaves(workbench: Workbench, workspace: TempWorkspace): Promise<void> {
  await workbench.quickInput.openFile('notes.txt', 2, 4);
  await workbench.text.type(' three');
  await workbench.text.save();
  expect(workspace.read('notes.txt')).toBe('one\ntwo three\n');
  await workbench.text.replaceAll('oops');
  await workbench.text.squiggles().first().waitFor();
  await expect.poll(async () => (await workbench.problems()).join()).toContain('no oops here');
}

test('a folder that is not trusted can be trusted', async ({ editor, workspace }) => {
  editor.configure({ 'security.workspace.trust.enabled': true });
  const workbench = await editor.open(workspace.folder);
  await workbench.trust();
});
