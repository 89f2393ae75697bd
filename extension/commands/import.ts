import * as vscode from 'vscode';
import type { ImportResult, ImportTally } from '../../schemas/wire/import.ts';
import { startImport } from '../daemon/import-process.ts';
import { t } from '../texts.ts';
import type { Offer } from './attempt.ts';
import { tell } from './attempt.ts';
import type { CommandContext } from './context.ts';
import type { Choice } from './pick.ts';
import { pickOne, withProgress } from './pick.ts';

/** Where MLflow puts its store when nobody says where. */
const USUAL = ['mlruns', 'mlflow.db'];

type Way = { kind: 'folder' | 'file' } | { kind: 'found'; uri: vscode.Uri };

export function importCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return { 'crisol.import.mlflow': () => importStore(context) };
}

async function importStore(context: CommandContext): Promise<void> {
  const folder = context.folder();
  if (!folder) return;
  const source = await chooseStore(folder);
  let cancel = () => {};
  const work = (report: (message: string) => void) => {
    const running = startImport({
      cli: context.cli,
      folder: folder.fsPath,
      source: source.fsPath,
      onProgress: (tally) => report(progressOf(tally)),
    });
    cancel = running.cancel;
    return running.result;
  };
  const result = await withProgress(t('importing {0}', source.fsPath), work, () => cancel());
  tellEnd(context, result);
}

async function chooseStore(folder: vscode.Uri): Promise<vscode.Uri> {
  const choices: Choice<Way>[] = [
    ...(await usualStores(folder)).map((uri) => ({
      label: vscode.workspace.asRelativePath(uri),
      value: { kind: 'found' as const, uri },
    })),
    { label: t('A folder…'), description: 'mlruns', value: { kind: 'folder' } },
    { label: t('A SQLite file…'), description: 'mlflow.db', value: { kind: 'file' } },
  ];
  const way = await pickOne(t('Import from MLflow'), choices, { placeHolder: t('Which store?') });
  return way.kind === 'found' ? way.uri : chooseFile(folder, way.kind === 'folder');
}

async function usualStores(folder: vscode.Uri): Promise<vscode.Uri[]> {
  const found = USUAL.map(async (name) => {
    const uri = vscode.Uri.joinPath(folder, name);
    return vscode.workspace.fs.stat(uri).then(
      () => [uri],
      () => [],
    );
  });
  return (await Promise.all(found)).flat();
}

async function chooseFile(defaultUri: vscode.Uri, isFolder: boolean): Promise<vscode.Uri> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: t('Import from MLflow'),
      openLabel: t('Import'),
      canSelectFolders: isFolder,
      canSelectFiles: !isFolder,
      defaultUri,
    })) ?? [];
  if (!chosen) throw new vscode.CancellationError();
  return chosen;
}

function progressOf({ runs, known_runs, failed_runs, runs_total, points }: ImportTally): string {
  const done = runs + known_runs + failed_runs;
  return t('{0} of {1} runs, {2} points', ...[done, runs_total, points].map((number) => number.toLocaleString()));
}

function tellEnd(context: CommandContext, result: ImportResult): void {
  const { log } = context;
  const count = result.problems.length + result.problems_left_out;
  for (const { path, reason } of result.problems) log.warn(`${result.source}: ${path}: ${reason}`);
  const offers: Offer[] = count > 0 ? [[t('Show log'), () => log.show()]] : [];
  tell(context, [endSentence(result), ...problemSentence(count)].join(' '), offers);
}

function endSentence({ runs, known_runs, versions, cancelled }: ImportResult): string {
  if (cancelled) return t('The import was cancelled after {0} runs; importing again goes on from there.', String(runs));
  const came = t('{0} runs and {1} model versions came from MLflow.', String(runs), String(versions));
  return known_runs > 0 ? `${came} ${t('{0} runs were here already.', String(known_runs))}` : came;
}

function problemSentence(count: number): string[] {
  return count > 0 ? [t('{0} problems are in the log.', String(count))] : [];
}
