import * as vscode from 'vscode';
import type { DaemonLink, LinkState } from '../daemon/link.ts';
import { inWords } from '../daemon/link.ts';
import { t } from '../texts.ts';
import { showError } from './messages.ts';

/** Tells menus and empty views how things are, and a person once when the daemon cannot be started. */
export function announceState(link: DaemonLink, log: vscode.LogOutputChannel): vscode.Disposable {
  const tell = (state: LinkState) => {
    void vscode.commands.executeCommand('setContext', 'crisol.state', state.kind);
    log.info(describe(state));
    if (state.kind === 'failed') void showFailure(inWords(state.problem), log);
  };
  return vscode.Disposable.from(link.onState(tell));
}

function describe(state: LinkState): string {
  if (state.kind === 'connected') return `connected to ${state.address.url}, pid ${state.address.status.pid}`;
  if (state.kind === 'failed') return `failed: ${state.problem.code}: ${state.problem.message}`;
  return state.kind;
}

async function showFailure(message: string, log: vscode.LogOutputChannel): Promise<void> {
  const [tryAgain, showLog] = [t('Try again'), t('Show log')];
  const chosen = await showError(message, tryAgain, showLog);
  if (chosen === tryAgain) await vscode.commands.executeCommand('crisol.daemon.start');
  if (chosen === showLog) log.show();
}
