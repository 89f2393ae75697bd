import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installEditor } from '../editor.ts';
import type { CodeServer, CodeServerOptions } from '../lib/code-server.ts';
import { fileAddress, installExtension, startCodeServer } from '../lib/code-server.ts';
import { mustExec } from '../lib/exec.ts';
import { step } from '../lib/progress.mjs';
import { ROOT } from '../lib/root.ts';
import { packageExtension } from '../package.ts';
import { lastPort } from './last-port.ts';

/** VS Code on this machine, if its command is on the PATH. */
export function desktopCommand(): string | undefined {
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file));
}

/** Opens the folder in the desktop's VS Code; answers whether that worked. */
export async function openDesktop(code: string, folder: string): Promise<boolean> {
  const vsix = await packageExtension();
  try {
    await step('Installing the extension into VS Code', () => mustExec(code, ['--install-extension', vsix, '--force']));
    await step('Opening VS Code', () => mustExec(code, [folder, join(folder, 'crisol.yaml')]));
    return true;
  } catch (failure) {
    console.error(failure instanceof Error ? failure.message : failure);
    return false;
  }
}

/** What suits a window that is only there for the sample; written once, then the user's. */
const FIRST_SETTINGS = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
};

export interface BrowserEditor {
  address: string;
  server: CodeServer;
}

/** Serves VS Code with the packaged extension to a browser, its settings and state kept in the checkout's cache. */
export async function openInBrowser(folder: string): Promise<BrowserEditor> {
  const editor = await installEditor();
  const vsix = await packageExtension();
  const home = join(ROOT, '.cache', 'vscode');
  const options = { editor, home, extensions: join(home, 'extensions') };
  writeFirstSettings(home);
  await installOnce(options, vsix);
  // under the same address open tabs find their VS Code again, and browsers the layout that they keep for it
  const kept = join(home, 'port');
  const port = await lastPort(kept);
  const server = await step('Starting VS Code', () => startCodeServer({ ...options, port }));
  writeFileSync(kept, new URL(server.url).port);
  return { server, address: fileAddress(server.url, folder, 'crisol.yaml') };
}

async function installOnce(options: CodeServerOptions, vsix: string): Promise<void> {
  const stamp = join(options.home, 'installed');
  const wanted = `${options.editor.codeServer} ${statSync(vsix).mtimeMs}`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await step('Installing the extension into VS Code', () => installExtension(options, vsix));
  writeFileSync(stamp, wanted);
}

function writeFirstSettings(home: string): void {
  const file = join(home, 'User', 'settings.json');
  if (existsSync(file)) return;
  mkdirSync(join(home, 'User'), { recursive: true });
  writeFileSync(file, JSON.stringify(FIRST_SETTINGS, null, 2));
}
