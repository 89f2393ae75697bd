import * as vscode from 'vscode';
import { PIPELINE_FILE_NAME } from '../../schemas/language/protocol.ts';
import { t } from '../texts.ts';
import { isThere } from '../vscode/is-there.ts';
import type { CommandContext } from './context.ts';
import { FIRST_FILE } from './first-file.ts';
import { pickOne } from './pick.ts';

export function fileCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return {
    'crisol.file.open': (line, path) =>
      open(context, typeof line === 'number' ? line : undefined, typeof path === 'string' ? path : undefined),
    'crisol.file.create': () => create(),
  };
}

/** A part of crisol.yaml where it is named, and still there. */
async function open(context: CommandContext, line?: number, path = PIPELINE_FILE_NAME): Promise<void> {
  const folder = context.folder();
  if (!folder) return create();
  const file = vscode.Uri.joinPath(folder, path);
  if (!(await isThere(file))) return create();
  const selection = line === undefined ? undefined : new vscode.Range(line - 1, 0, line - 1, 0);
  await vscode.window.showTextDocument(file, { selection });
}

/** A small pipeline that says what can be written, never over a file that is there. */
async function create(): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const choices = folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, value: uri }));
  const folder = await pickOne(t('Create crisol.yaml'), choices, {
    empty: t('Open a folder first.'),
    placeHolder: t('In which folder?'),
  });
  const file = vscode.Uri.joinPath(folder, PIPELINE_FILE_NAME);
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(file, { ignoreIfExists: true, contents: new TextEncoder().encode(FIRST_FILE) });
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(file);
}
