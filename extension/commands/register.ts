import * as vscode from 'vscode';
import type { RequestError } from '../daemon/link.ts';
import { asRequestError, inWords } from '../daemon/link.ts';
import { t } from '../texts.ts';
import { placeIn } from '../views/pipeline-nodes.ts';
import { showError } from '../vscode/messages.ts';
import type { CommandContext } from './context.ts';

type Handler = (...args: unknown[]) => unknown;

/** Commands by id. Whatever one of them throws is shown here, once, with what to do about it. */
export function registerAll(context: CommandContext, handlers: Record<string, Handler>): vscode.Disposable {
  const registered = Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      const { state } = context.session;
      try {
        return await handler(...args);
      } catch (thrown) {
        // a daemon that could not be started meanwhile was already announced
        if (context.session.state !== state && context.session.state.kind === 'failed') return undefined;
        return void showFailure(context, thrown, () => vscode.commands.executeCommand(id, ...args));
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}

/** Trying again helps only where nothing was wrong with what was asked. */
const PASSING = new Set([
  'DAEMON_UNREACHABLE',
  'DAEMON_START_FAILED',
  'TEMPORARILY_UNAVAILABLE',
  'STORE_DISK_FULL',
  'STORE_READ_ONLY',
  'ENDPOINT_START_FAILED',
]);

/** Where another command is what helps, the notification offers it. */
function remedyFor(code: string): { title: string; command: string } | undefined {
  if (code === 'ENDPOINT_NO_MODEL') return { title: t('Promote…'), command: 'crisol.models.promote' };
  return undefined;
}

/** The file and the Problems view say more than any log; without a line it is the file as a whole. */
async function showMistake({ message, code }: RequestError): Promise<void> {
  const [openFile, showProblems] = [t('Open crisol.yaml'), t('Show problems')];
  const chosen = await showError(`${message} (${code})`, openFile, showProblems);
  const place = placeIn(message);
  if (chosen === openFile) await vscode.commands.executeCommand('crisol.file.open', place?.line, place?.path);
  if (chosen === showProblems) await vscode.commands.executeCommand('workbench.actions.view.problems');
}

async function showFailure({ log }: CommandContext, thrown: unknown, again: () => unknown): Promise<void> {
  if (thrown instanceof vscode.CancellationError) return;
  const problem = asRequestError(thrown);
  log.error(inWords(problem));
  if (problem.code === 'PIPELINE_FILE_INVALID') return showMistake(problem);
  const [tryAgain, showLog] = [t('Try again'), t('Show log')];
  const remedy = remedyFor(problem.code);
  const help = remedy ? [remedy.title] : PASSING.has(problem.code) ? [tryAgain] : [];
  const chosen = await showError(inWords(problem), ...help, showLog);
  if (remedy && chosen === remedy.title) await vscode.commands.executeCommand(remedy.command);
  if (chosen === tryAgain) again();
  if (chosen === showLog) log.show();
}
