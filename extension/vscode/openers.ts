import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { PIPELINE_FILE_NAME } from '../../schemas/language/protocol.ts';
import type { ArtifactReader } from '../daemon/artifacts.ts';
import type { Openers } from '../panels/index.ts';
import { t } from '../texts.ts';
import type { Subject } from '../views/node.ts';
import { openArtifact, saveArtifact } from './artifact-openers.ts';
import { isThere } from './is-there.ts';
import { showError, showInfo } from './messages.ts';
import { diffRuns } from './run-documents.ts';
import { showSourceText } from './source-documents.ts';

/** What panels and commands do to the world around them: clipboard, files, editors. */
export function createOpeners(folder: () => vscode.Uri | undefined, artifacts: ArtifactReader): Openers {
  return {
    copy: (text, what) => void copy(text, what),
    save: (name, content) => void save(folder(), name, content),
    diffRuns: (aspect, base, other) => void diffRuns(folder(), aspect, base, other),
    openArtifact: (runId, path, rendered) => void openArtifact(runId, path, rendered),
    saveArtifact: (runId, path) => void saveArtifact(artifacts, folder(), runId, path),
    showSource: (what, run) => void showSourceText(what, run),
    openStepLog: (runId, step) => {
      const subject: Subject = { kind: 'step', name: step, runId };
      void vscode.commands.executeCommand('crisol.pipeline.showLog', { subject });
    },
    openPipelineFile: (find) => void openPipelineFile(folder(), find),
    openStep: (step) => void openStep(step),
    openFile: (place) => void vscode.commands.executeCommand('crisol.file.open', place?.line, place?.path),
    openPlace: (file, line) => void openPlace(folder(), file, line),
    openPath: (path) => void openPath(folder(), path),
    startSteps: (step, onward) => void startSteps(step, onward),
    showWhy: (step) => void vscode.commands.executeCommand('crisol.pipeline.why', step),
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

async function save(folder: vscode.Uri | undefined, name: string, content: string | Uint8Array): Promise<void> {
  const defaultUri = folder && vscode.Uri.joinPath(folder, name);
  const target = await vscode.window.showSaveDialog({ defaultUri });
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  if (target) await vscode.workspace.fs.writeFile(target, bytes);
}

async function openPipelineFile(folder: vscode.Uri | undefined, find: (text: string) => number): Promise<void> {
  if (!folder) return;
  const file = vscode.Uri.joinPath(folder, PIPELINE_FILE_NAME);
  if (!(await isThere(file))) return sayItIsGone();
  const document = await vscode.workspace.openTextDocument(file);
  const place = document.positionAt(find(document.getText()));
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(place, place) });
}

async function openStep(step: string): Promise<void> {
  const subject: Subject = { kind: 'step', name: step };
  await vscode.commands.executeCommand('crisol.file.open', { subject });
}

async function startSteps(step: string | null, onward: boolean): Promise<void> {
  if (step === null) await vscode.commands.executeCommand('crisol.pipeline.run');
  else await vscode.commands.executeCommand(onward ? 'crisol.pipeline.runFrom' : 'crisol.pipeline.runStep', step);
}

/** Steps run in the project's folder: that is where their relative paths begin. */
async function openPlace(folder: vscode.Uri | undefined, file: string, line: number): Promise<void> {
  if (!folder) return;
  const uri = isAbsolute(file) ? vscode.Uri.file(file) : vscode.Uri.joinPath(folder, file);
  if (!(await isThere(uri))) return void showInfo(t('There is no {0} here.', file));
  const selection = new vscode.Range(line - 1, 0, line - 1, 0);
  await vscode.window.showTextDocument(uri, { selection });
}

/** A file opens, and a folder is shown in the explorer. */
async function openPath(folder: vscode.Uri | undefined, path: string): Promise<void> {
  if (!folder) return;
  const uri = isAbsolute(path) ? vscode.Uri.file(path) : vscode.Uri.joinPath(folder, path);
  const there = await vscode.workspace.fs.stat(uri).then(
    ({ type }) => type,
    () => undefined,
  );
  if (there === undefined) await showInfo(t('There is no {0} yet. Run the step that writes it.', path));
  else if (there & vscode.FileType.Directory) await vscode.commands.executeCommand('revealInExplorer', uri);
  else await vscode.commands.executeCommand('vscode.open', uri);
}

/** A panel outlives the file that it speaks of. */
async function sayItIsGone(): Promise<void> {
  const create = t('Create crisol.yaml');
  const message = t('There is no crisol.yaml in this folder any more: put it back, or create a new one.');
  if ((await showError(message, create)) === create) await vscode.commands.executeCommand('crisol.file.create');
}
