import * as vscode from 'vscode';
import type { ArtifactReader } from '../daemon/artifacts.ts';
import { asRequestError, inWords } from '../daemon/link.ts';
import { plainWords, t } from '../texts.ts';
import { artifactUri } from './artifact-files.ts';
import { showError } from './messages.ts';

/** In whichever editor VS Code has for it; `rendered`: Markdown, as it is meant to be read. */
export async function openArtifact(runId: string, path: string, rendered: boolean): Promise<void> {
  const command = rendered ? 'markdown.showPreview' : 'vscode.open';
  await vscode.commands.executeCommand(command, artifactUri(runId, path));
}

/** Asks where, then writes it there piece by piece: it may be larger than the memory. */
export async function saveArtifact(
  artifacts: ArtifactReader,
  folder: vscode.Uri | undefined,
  runId: string,
  path: string,
): Promise<void> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const target = await vscode.window.showSaveDialog({ defaultUri: folder && vscode.Uri.joinPath(folder, name) });
  if (!target) return;
  const stop = new AbortController();
  try {
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: plainWords(t('Saving {0}', name)), cancellable: true },
      async (progress, token) => {
        token.onCancellationRequested(() => stop.abort());
        if (target.scheme !== 'file') {
          return vscode.workspace.fs.copy(artifactUri(runId, path), target, { overwrite: true });
        }
        const total = (await artifacts.stat(runId, path))?.bytes ?? 0;
        const report = (bytes: number) => progress.report({ increment: (bytes / Math.max(1, total)) * 100 });
        await artifacts.save(runId, path, target.fsPath, { signal: stop.signal, report });
      },
    );
  } catch (thrown) {
    if (!stop.signal.aborted) void showError(inWords(asRequestError(thrown)));
  }
}
