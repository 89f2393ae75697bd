import * as vscode from 'vscode';
import { DVC_FILE_GLOB, isDvcFile, PIPELINE_FILE_NAME } from '../../schemas/language/protocol.ts';
import { t } from '../texts.ts';
import { isThere } from '../vscode/is-there.ts';
import { pickOne } from './pick.ts';

export function dvcCommands(): Record<string, (...args: unknown[]) => unknown> {
  return { 'crisol.dvc.convert': (file, stage) => convert(asUri(file), typeof stage === 'string' ? stage : undefined) };
}

/** From a menu it is an address, from the language server its text. */
function asUri(file: unknown): vscode.Uri | undefined {
  if (file instanceof vscode.Uri) return file;
  return typeof file === 'string' ? vscode.Uri.parse(file) : undefined;
}

/** Opens the same pipeline as a crisol.yaml that is not saved yet: a person looks at it first. */
async function convert(named: vscode.Uri | undefined, stage: string | undefined): Promise<void> {
  const file = named ?? openFile() ?? (await chooseFile());
  const document = await vscode.workspace.openTextDocument(file);
  const { convertDvc, filesNamedBy } = await import('../language/dvc.ts');
  const text = document.getText();
  const folder = vscode.Uri.joinPath(file, '..');
  const converted = convertDvc(text, await readAll(folder, filesNamedBy(text)), { stage });
  await showUnsaved(vscode.Uri.joinPath(folder, PIPELINE_FILE_NAME), converted.text);
}

function openFile(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri && isDvcFile(uri.path) ? uri : undefined;
}

async function chooseFile(): Promise<vscode.Uri> {
  const files = await vscode.workspace.findFiles(DVC_FILE_GLOB);
  const choices = files.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), value: uri }));
  return pickOne(t('Convert dvc.yaml to crisol.yaml'), choices, {
    empty: t('There is no dvc.yaml in this folder.'),
    placeHolder: t('Which one?'),
  });
}

/** Those that are there: what is missing, the conversion tells. */
async function readAll(folder: vscode.Uri, paths: readonly string[]): Promise<Record<string, string>> {
  const read = paths.map(async (path) => {
    const file = vscode.Uri.joinPath(folder, path);
    return (await isThere(file)) ? [[path, (await vscode.workspace.openTextDocument(file)).getText()] as const] : [];
  });
  return Object.fromEntries((await Promise.all(read)).flat());
}

/** Under its name, so that it is checked and completed; with no name where a crisol.yaml is there already. */
async function showUnsaved(file: vscode.Uri, content: string): Promise<void> {
  const document = (await isThere(file))
    ? await vscode.workspace.openTextDocument({ language: 'yaml', content })
    : await vscode.workspace.openTextDocument(file.with({ scheme: 'untitled' }));
  if (document.getText() === '') {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), content);
    await vscode.workspace.applyEdit(edit);
  }
  await vscode.window.showTextDocument(document);
}
