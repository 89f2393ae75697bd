import * as vscode from 'vscode';
import type { Api } from '../daemon/api.ts';
import { asRequestError } from '../daemon/link.ts';
import type { NamedRun, SourceText } from '../panels/ports.ts';
import { reproduceText } from '../panels/reproduce.ts';
import { t } from '../texts.ts';

const SCHEME = 'crisol-source';
const ENDINGS: Record<SourceText, string> = { changes: 'diff', reproduce: 'sh' };

/** Read-only texts of what ran, made from the daemon's answers whenever an editor wants them, also after a reload. */
export function provideSourceDocuments(api: Pick<Api, 'runSource'>): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: (uri) => read(api, uri).catch((thrown) => asRequestError(thrown).message),
  });
}

/** The ending tells the editor how to colour it. */
export async function showSourceText(what: SourceText, { run_id, name }: NamedRun): Promise<void> {
  const path = `/${name.replaceAll(/[/\\]/g, '-')}.${ENDINGS[what]}`;
  const uri = vscode.Uri.from({ scheme: SCHEME, authority: what, path, query: run_id });
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
}

async function read(api: Pick<Api, 'runSource'>, { authority, path, query }: vscode.Uri): Promise<string> {
  const source = await api.runSource(query);
  if (authority === 'changes') return source.git?.diff || t('Nothing was changed since the commit.');
  const name = path.slice(1, path.lastIndexOf('.'));
  return reproduceText({ run_id: query, name }, source);
}
