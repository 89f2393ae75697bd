import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { systemClock } from '../daemon/clock.ts';
import type { DaemonAddress, DaemonLink } from '../daemon/link.ts';
import { readVariables } from './env-file.ts';
import { decides, variablesFor } from './variables.ts';

/** The second is the name that it had before. */
const TYPES = ['debugpy', 'python'];
const WAIT_MS = 5_000;

/** Python debug sessions know where to log, too, unless their launch configuration says something else. */
export function equipDebugSessions(link: DaemonLink, folder: () => vscode.Uri | undefined): vscode.Disposable {
  const provider: vscode.DebugConfigurationProvider = {
    async resolveDebugConfigurationWithSubstitutedVariables(of, configuration) {
      if (configuration.request !== 'launch' || !isWanted(of, folder())) return configuration;
      const env: Record<string, string> = { ...configuration.env };
      if (decides(env, process.env) || decides(await variablesOfFile(configuration.envFile))) return configuration;
      const address = await addressOf(link);
      return address ? { ...configuration, env: { ...env, ...variablesFor(address) } } : configuration;
    },
  };
  return vscode.Disposable.from(
    ...TYPES.map((type) => vscode.debug.registerDebugConfigurationProvider(type, provider)),
  );
}

/** A session without a folder can only be of the one that there is. */
function isWanted(of: vscode.WorkspaceFolder | undefined, served: vscode.Uri | undefined): boolean {
  const [first, ...others] = vscode.workspace.workspaceFolders ?? [];
  const folder = of ?? (others.length === 0 ? first : undefined);
  if (!served || folder?.uri.toString() !== served.toString()) return false;
  return vscode.workspace.getConfiguration('crisol', served).get('tracking.debugSessions', true);
}

async function variablesOfFile(file: unknown): Promise<Record<string, string>> {
  if (typeof file !== 'string') return {};
  return readVariables(await readFile(file, 'utf8').catch(() => ''));
}

/** A daemon that is on its way is waited for; one that somebody stopped stays so. */
function addressOf(link: DaemonLink): Promise<DaemonAddress | undefined> {
  return new Promise((resolve) => {
    const look = () => {
      const { state } = link;
      if (state.kind === 'starting' || state.kind === 'reconnecting') return;
      end(state.kind === 'connected' ? state.address : undefined);
    };
    const end = (address: DaemonAddress | undefined) => {
      cancel();
      listening.dispose();
      resolve(address);
    };
    const cancel = systemClock.after(WAIT_MS, () => end(undefined));
    const listening = link.onState(look);
    look();
  });
}
