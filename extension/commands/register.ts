import * as vscode from 'vscode';
import { asRequestError } from '../daemon/link.ts';
import { t } from '../texts.ts';
import type { CommandContext } from './context.ts';

type Handler = (...args: unknown[]) => unknown;

/** Commands by id. Whatever one of them throws is shown here, once, with what to do about it. */
export function registerAll(context: CommandContext, handlers: Record<string, Handler>): vscode.Disposable {
  const registered = Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        return await handler(...args);
      } catch (thrown) {
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

async function showFailure({ log }: CommandContext, thrown: unknown, again: () => unknown): Promise<void> {
  if (thrown instanceof vscode.CancellationError) return;
  const { code, message, hint } = asRequestError(thrown);
  log.error(`${code}: ${message}`);
  const [tryAgain, showLog] = [t('Try again'), t('Show log')];
  const buttons = PASSING.has(code) ? [tryAgain, showLog] : [showLog];
  const chosen = await vscode.window.showErrorMessage(
    `${sentence(message)} ${hint} (${code})`.replace('  ', ' '),
    ...buttons,
  );
  if (chosen === tryAgain) again();
  if (chosen === showLog) log.show();
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
