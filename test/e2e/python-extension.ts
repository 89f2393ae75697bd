import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { installExtension } from '../../tools/lib/code-server.ts';
import { Editor } from '../support/editor.ts';
import { packExtension } from '../support/extension-package.ts';
import { test as base } from './fixtures.ts';
import { LIBRARY, MAIN, MANIFEST, PYTHON_MAIN, PYTHON_MANIFEST } from './python-debugger.ts';

/** VS Code with what stands for the Python extension and its debugger. */
export const test = base.override('vscode', async ({ installed, browser }, { onCleanup }) => {
  const folder = mkdtempSync(join(tmpdir(), 'crisol-scripts-'));
  const extensions = join(folder, 'extensions');
  cpSync(inject('extensions'), extensions, { recursive: true });
  for (const [manifest, main] of [
    [MANIFEST, MAIN],
    [PYTHON_MANIFEST, PYTHON_MAIN],
  ] as const) {
    const parts = {
      'package.json': JSON.stringify(manifest),
      'main.js': main,
      'bundled/libs/debugpy/__init__.py': LIBRARY,
    };
    const vsix = await packExtension(join(folder, manifest.name), parts);
    await installExtension({ editor: installed, home: join(folder, 'home'), extensions }, vsix);
  }
  const vscode = await Editor.start({ editor: installed, extensions, browser });
  onCleanup(async () => {
    await vscode.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return vscode;
});
