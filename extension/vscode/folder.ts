import * as vscode from 'vscode';
import { PIPELINE_FILE_NAME } from '../../schemas/language/protocol.ts';
import { STATE_FILES, STATE_FOLDER } from '../../schemas/state-folder.ts';
import type { Session } from '../daemon/session.ts';
import { isThere } from './is-there.ts';

/**
 * Decides which folder the window works on: the first that has a crisol.yaml, else the first that a daemon keeps runs of,
 * for scripts that only log need no pipeline. One daemon serves one folder; windows with several such folders show the
 * first (docs/settings.md says so). Nothing starts in a folder that is not trusted.
 */
export class CrisolFolder implements vscode.Disposable {
  current: vscode.Uri | undefined;
  private readonly session: Session;
  private readonly disposables: vscode.Disposable[];

  constructor(session: Session) {
    this.session = session;
    const decide = () => void this.decide();
    const watcher = vscode.workspace.createFileSystemWatcher(`**/${PIPELINE_FILE_NAME}`, false, true, true);
    this.disposables = [
      watcher,
      watcher.onDidCreate(decide),
      vscode.workspace.onDidChangeWorkspaceFolders(decide),
      vscode.workspace.onDidGrantWorkspaceTrust(decide),
    ];
    decide();
  }

  dispose(): void {
    for (const item of this.disposables) item.dispose();
  }

  private async decide(): Promise<void> {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    if (folders.length === 0) return this.session.detach({ kind: 'no-folder' });
    this.current =
      (await firstWith(folders, PIPELINE_FILE_NAME)) ?? (await firstWith(folders, STATE_FOLDER, STATE_FILES.marker));
    if (!vscode.workspace.isTrusted) this.session.detach({ kind: 'untrusted' });
    else if (this.current) this.session.attach(this.current.fsPath);
    else this.session.detach({ kind: 'no-file' });
  }
}

async function firstWith(folders: vscode.WorkspaceFolder[], ...path: string[]): Promise<vscode.Uri | undefined> {
  for (const { uri } of folders) if (await isThere(vscode.Uri.joinPath(uri, ...path))) return uri;
  return undefined;
}
