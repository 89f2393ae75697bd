import * as vscode from 'vscode';
import { PIPELINE_FILE_NAME } from '../../schemas/language/protocol.ts';
import { thresholdOffset } from '../panels/threshold.ts';
import { t } from '../texts.ts';
import { isThere } from '../vscode/is-there.ts';
import type { CommandContext } from './context.ts';
import { FIRST_FILE } from './first-file.ts';
import { pickOne } from './pick.ts';
import { subjectOf } from './subject.ts';
import { goToReason } from './why.ts';

export function fileCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return {
    'crisol.file.open': (where, path) => open(context, where, typeof path === 'string' ? path : undefined),
    'crisol.file.create': () => create(),
  };
}

/** At a line, or where the step or the monitor of a row is written; a part where it is named, and still there. */
async function open(context: CommandContext, where: unknown, path = PIPELINE_FILE_NAME): Promise<void> {
  const folder = context.folder();
  if (!folder) return create();
  const file = vscode.Uri.joinPath(folder, path);
  if (!(await isThere(file))) return create();
  const monitor = subjectOf(where, 'monitor')?.name;
  if (monitor !== undefined) return context.openers.openPipelineFile((text) => thresholdOffset(text, monitor));
  const row = subjectOf(where, 'step');
  const step = row?.of ?? row?.name;
  // the first of the reasons for which it would run is that it is there
  const [place] = (step !== undefined && (await context.language.why({ uri: file, step }))) || [];
  if (place) return goToReason(place, file);
  const selection = typeof where === 'number' ? new vscode.Range(where - 1, 0, where - 1, 0) : undefined;
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
