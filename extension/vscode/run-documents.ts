import * as vscode from 'vscode';
import type { Aspect } from '../../schemas/panels/compare.ts';
import { ASPECTS } from '../../schemas/panels/compare.ts';
import type { Api } from '../daemon/api.ts';
import { asRequestError } from '../daemon/link.ts';
import { aspectText } from '../panels/compare/aspect-text.ts';
import type { NamedRun } from '../panels/ports.ts';
import { t } from '../texts.ts';

const SCHEME = 'crisol-compare';

/** Read-only texts of what a run was: made anew from the daemon's answers whenever an editor wants them, also after a reload. */
export function provideRunDocuments(api: Pick<Api, 'run' | 'runSource' | 'runInputs'>): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: (uri) => read(api, uri).catch((thrown) => asRequestError(thrown).message),
  });
}

export async function diffRuns(aspect: Aspect, base: NamedRun, other: NamedRun): Promise<void> {
  const title = t('{0} ↔ {1} ({2})', base.name, other.name, wordFor(aspect));
  await vscode.commands.executeCommand('vscode.diff', uriOf(aspect, base), uriOf(aspect, other), title);
}

async function read(api: Pick<Api, 'run' | 'runSource' | 'runInputs'>, uri: vscode.Uri): Promise<string> {
  const aspect = ASPECTS.find((one) => one === uri.authority);
  if (!aspect) return '';
  const [run, source, inputs] = await Promise.all([
    api.run(uri.query),
    api.runSource(uri.query),
    api.runInputs(uri.query),
  ]);
  return aspectText(aspect, { run, source, inputs });
}

/** The ending tells the editor how to colour it. */
function uriOf(aspect: Aspect, { run_id, name }: NamedRun): vscode.Uri {
  const path = `/${name.replaceAll(/[/\\]/g, '-')}.${aspect === 'code' ? 'diff' : 'txt'}`;
  return vscode.Uri.from({ scheme: SCHEME, authority: aspect, path, query: run_id });
}

function wordFor(aspect: Aspect): string {
  const words: Record<Aspect, string> = {
    code: t('code'),
    data: t('data'),
    params: t('params'),
    environment: t('environment'),
    metrics: t('metrics'),
  };
  return words[aspect];
}
