import * as vscode from 'vscode';
import { PIPELINE_FILE_NAME } from '../../schemas/language/protocol.ts';
import type { Openers } from '../panels/index.ts';
import { t } from '../texts.ts';
import type { Subject } from '../views/node.ts';

/** What panels and commands do to the world around them: clipboard, files, editors. */
export function createOpeners(folder: () => vscode.Uri | undefined): Openers {
  return {
    copy: (text, what) => void copy(text, what),
    save: (name, text) => void save(folder(), name, text),
    openPipelineFile: (find) => void openPipelineFile(folder(), find),
    startDaemon: () => void vscode.commands.executeCommand('crisol.daemon.start'),
    promote: (model) => {
      const subject: Subject = { kind: 'model', name: model };
      void vscode.commands.executeCommand('crisol.models.promote', { subject });
    },
  };
}

async function copy(text: string, what: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(t('Copied {0}', what), 4000);
}

async function save(folder: vscode.Uri | undefined, name: string, text: string): Promise<void> {
  const defaultUri = folder && vscode.Uri.joinPath(folder, name);
  const target = await vscode.window.showSaveDialog({ defaultUri });
  if (target) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
}

async function openPipelineFile(folder: vscode.Uri | undefined, find: (text: string) => number): Promise<void> {
  if (!folder) return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, PIPELINE_FILE_NAME));
  const place = document.positionAt(find(document.getText()));
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(place, place) });
}
