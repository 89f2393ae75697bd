import * as vscode from 'vscode';
import { t } from '../texts.ts';
import { effectsOfStop } from '../views/status-model.ts';
import type { CommandContext } from './context.ts';
import { withProgress } from './pick.ts';

export function daemonCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  const { session, log } = context;
  return {
    'crisol.showLog': () => log.show(),
    'crisol.daemon.start': () => session.start(),
    'crisol.daemon.restart': () => withProgress(t('restarting the daemon'), () => session.restart()),
    'crisol.daemon.stop': () => stop(context),
  };
}

/** Ending work that runs is asked about; a daemon at rest just ends. */
async function stop({ session, stores }: CommandContext): Promise<void> {
  if (session.state.kind !== 'connected') return;
  const effects = effectsOfStop(stores);
  if (effects.length > 0) {
    const end = t('Stop daemon');
    const detail = effects.join('\n');
    const chosen = await vscode.window.showWarningMessage(t('Stop the daemon?'), { modal: true, detail }, end);
    if (chosen !== end) return;
  }
  await session.stop();
}
