import * as vscode from 'vscode';
import type { DaemonLink } from '../daemon/link.ts';
import { equipDebugSessions } from './debug.ts';
import { Notebooks } from './notebooks.ts';
import { equipTerminals } from './terminals.ts';

export interface ScriptsOptions {
  link: DaemonLink;
  /** the folder that the daemon serves */
  folder: () => vscode.Uri | undefined;
  log: vscode.LogOutputChannel;
}

/** Every way in which scripts of the folder are started learns where to log. */
export function equipScripts(context: vscode.ExtensionContext, { link, folder, log }: ScriptsOptions) {
  const terminals = {
    variables: context.environmentVariableCollection,
    folder,
    programs: vscode.Uri.joinPath(context.globalStorageUri, 'bin').fsPath,
    cli: context.asAbsolutePath('dist/crisol.cjs'),
    log: (line: string) => log.warn(line),
  };
  const notebooks = new Notebooks(link, folder, context.workspaceState);
  const all = vscode.Disposable.from(equipTerminals(terminals, link), equipDebugSessions(link, folder), notebooks);
  return { notebooks, dispose: () => all.dispose() };
}
