import * as vscode from 'vscode';
import type { Aspect } from '../../schemas/panels/compare.ts';
import { ASPECTS } from '../../schemas/panels/compare.ts';
import type { Api } from '../daemon/api.ts';
import { asRequestError } from '../daemon/link.ts';
import { aspectText } from '../panels/compare/aspect-text.ts';
import type { ComparedSide, NamedRun } from '../panels/ports.ts';
import { t } from '../texts.ts';
import { changedFiles, fileAt } from './commits.ts';

const SCHEME = 'crisol-compare';
/** in place of an aspect: a file of a commit */
const COMMITTED = 'commit';

/** Read-only texts of what a run was: made anew from the daemon's answers whenever an editor wants them, also after a reload. */
export function provideRunDocuments(
  api: Pick<Api, 'run' | 'runSource' | 'runInputs'>,
  folder: () => vscode.Uri | undefined,
): vscode.Disposable {
  const provide = (uri: vscode.Uri) =>
    uri.authority === COMMITTED
      ? fileAt(folder()?.fsPath ?? '', uri.query, uri.path.slice(1))
      : read(api, uri).catch((thrown) => asRequestError(thrown).message);
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, { provideTextDocumentContent: provide });
}

/** Of code also each file in which the two commits differ, if git has both. */
export async function diffRuns(
  folder: vscode.Uri | undefined,
  aspect: Aspect,
  base: ComparedSide,
  other: ComparedSide,
): Promise<void> {
  const title = t('{0} ↔ {1} ({2})', base.name, other.name, wordFor(aspect));
  const sides = [uriOf(aspect, base), uriOf(aspect, other)] as const;
  const [from, to] = [base.commit, other.commit];
  const files = folder && from && to ? await changedFiles(folder.fsPath, from, to) : [];
  if (!folder || !from || !to || files.length === 0) {
    await vscode.commands.executeCommand('vscode.diff', ...sides, title);
    return;
  }
  const committed = files.map((path) => [vscode.Uri.joinPath(folder, path), uriAt(path, from), uriAt(path, to)]);
  await vscode.commands.executeCommand('vscode.changes', title, [...committed, [sides[1], ...sides]]);
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

function uriAt(path: string, commit: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, authority: COMMITTED, path: `/${path}`, query: commit });
}

/** The ending tells the editor how to colour it; of both runs it is called the same, so that it is no renamed file. */
function uriOf(aspect: Aspect, { run_id }: NamedRun): vscode.Uri {
  const path = aspect === 'code' ? '/code.diff' : `/${aspect}.txt`;
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
