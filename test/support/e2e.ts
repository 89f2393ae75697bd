import { join } from 'node:path';
import type { RunnerTestCase } from 'vitest';
import { test as base, inject } from 'vitest';
import type { InstalledEditor } from '../../tools/editor.ts';
import { ROOT } from '../../tools/lib/root.ts';
import { Editor, launchBrowser } from './editor.ts';
import type { TempWorkspaceOptions } from './temp-workspace.ts';
import { TempWorkspace } from './temp-workspace.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** made once for all end-to-end tests by test/e2e/setup.ts */
    editor: InstalledEditor;
    /** where the packaged extension is installed */
    extensions: string;
  }
}

/**
 * End-to-end tests: the packaged extension in a real VS Code, driven in a real browser. `editor` is one VS Code for the
 * tests of a worker, new to each of them; each opens its own windows with `editor.open(workspace.folder)`. A failing test
 * leaves pictures of them.
 */
export const test = base
  .extend('installed', { scope: 'worker' }, () => inject('editor'))
  .extend('browser', { scope: 'worker' }, async ({ installed }, { onCleanup }) => {
    const browser = await launchBrowser(installed);
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('vscode', { scope: 'worker' }, async ({ installed, browser }, { onCleanup }) => {
    const vscode = await Editor.start({ editor: installed, extensions: inject('extensions'), browser });
    onCleanup(() => vscode.stop());
    return vscode;
  })
  // what windows stand on ends after them, and after the pictures of a failure
  .extend('afterWindows', async ({ task: _task }, { onCleanup }) => {
    const ends = new AsyncDisposableStack();
    onCleanup(() => ends.disposeAsync());
    return (end: () => unknown) => ends.defer(async () => void (await end()));
  })
  .extend('workspaceOptions', {} as TempWorkspaceOptions)
  .extend('workspace', async ({ workspaceOptions, afterWindows }) => {
    const workspace = new TempWorkspace(workspaceOptions);
    afterWindows(() => workspace.dispose());
    return workspace;
  })
  .extend('editor', async ({ vscode, task, afterWindows: _ }, { onCleanup }) => {
    onCleanup(() => endWindows(vscode, task));
    return vscode;
  });

/** After a test. */
export async function endWindows(editor: Editor, { result, fullTestName }: RunnerTestCase): Promise<void> {
  if (result?.state === 'fail') await takePictures(editor, fullTestName);
  await editor.closeWindows();
}

export const PICTURES = join(ROOT, 'test-results');

async function takePictures(editor: Editor, test: string): Promise<void> {
  const name = test.replaceAll(/[^\p{L}\d]+/gu, '-').slice(0, 100);
  for (const [index, page] of editor.windows().entries()) {
    const path = join(PICTURES, `${name}${index > 0 ? `-window-${index + 1}` : ''}.png`);
    await page.screenshot({ path }).catch(() => undefined); // the window may be what failed
    console.log(`a picture of the failure: ${path}`);
  }
}
