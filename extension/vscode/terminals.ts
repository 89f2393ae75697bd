import { delimiter } from 'node:path';
import * as vscode from 'vscode';
import type { DaemonLink } from '../daemon/link.ts';
import { t } from '../texts.ts';
import { writeLauncher } from './launcher.ts';

export interface TerminalOptions {
  variables: vscode.GlobalEnvironmentVariableCollection;
  /** where the command `crisol` is written */
  programs: string;
  cli: string;
  log: (line: string) => void;
}

/** New terminals know where to log, so that `python train.py` just does, and the command `crisol`. */
export function equipTerminals(
  { variables, programs, cli, log }: TerminalOptions,
  link: DaemonLink,
): vscode.Disposable {
  variables.persistent = false;
  variables.description = t('Scripts that use MLflow log to Crisol, and the command crisol is there.');
  let written = false;
  const listening = link.onState((state) => {
    if (state.kind !== 'connected') return;
    variables.replace('MLFLOW_TRACKING_URI', state.address.url);
    variables.replace('MLFLOW_TRACKING_TOKEN', state.address.token);
    if (!written) void offerCommand();
    written = true;
  });
  return vscode.Disposable.from(listening, { dispose: () => variables.clear() });

  /** Last on the PATH: a crisol that was installed otherwise stays the one that is meant. */
  async function offerCommand(): Promise<void> {
    try {
      await writeLauncher(programs, process.execPath, cli);
      // start-up files of shells set the PATH anew: once more after them
      const always = { applyAtProcessCreation: true, applyAtShellIntegration: true };
      variables.append('PATH', delimiter + programs, always);
    } catch (failure) {
      log(`terminals get no command crisol: ${String(failure)}`);
    }
  }
}
