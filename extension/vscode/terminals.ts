import * as vscode from 'vscode';
import type { DaemonLink } from '../daemon/link.ts';
import { t } from '../texts.ts';

/** New terminals know where to log, so that `python train.py` just does. */
export function equipTerminals(
  variables: vscode.GlobalEnvironmentVariableCollection,
  link: DaemonLink,
): vscode.Disposable {
  variables.persistent = false;
  variables.description = t('Scripts that use MLflow log to Crisol.');
  const listening = link.onState((state) => {
    if (state.kind !== 'connected') return;
    variables.replace('MLFLOW_TRACKING_URI', state.address.url);
    variables.replace('MLFLOW_TRACKING_TOKEN', state.address.token);
  });
  return vscode.Disposable.from(listening, { dispose: () => variables.clear() });
}
