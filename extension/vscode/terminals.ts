import { delimiter } from 'node:path';
import * as vscode from 'vscode';
import type { DaemonLink } from '../daemon/link.ts';
import { t } from '../texts.ts';
import { writeLauncher } from './launcher.ts';
import { decides, variablesFor } from './variables.ts';

export interface TerminalOptions {
  variables: vscode.GlobalEnvironmentVariableCollection;
  /** the folder that the daemon serves: terminals of others stay as they are */
  folder: () => vscode.Uri | undefined;
  /** where the command `crisol` is written */
  programs: string;
  cli: string;
  log: (line: string) => void;
}

const DECIDING = ['crisol.tracking', 'terminal.integrated.env', 'tasks'];
const PLATFORM = process.platform === 'win32' ? 'windows' : process.platform === 'darwin' ? 'osx' : 'linux';

/** New terminals and tasks know where to log, so that `python train.py` just does, and the command `crisol`. */
export function equipTerminals(options: TerminalOptions, link: DaemonLink): vscode.Disposable {
  const { variables, folder, programs, cli, log } = options;
  variables.persistent = false;
  variables.description = t('The command crisol is there.');
  let written = false;
  const follow = () => {
    if (link.state.kind !== 'connected') return;
    offerAddress(variables, folder(), variablesFor(link.state.address));
    if (!written) void offerCommand();
    written = true;
  };
  const configured = vscode.workspace.onDidChangeConfiguration((change) => {
    if (DECIDING.some((section) => change.affectsConfiguration(section))) follow();
  });
  return vscode.Disposable.from(link.onState(follow), configured, { dispose: () => variables.clear() });

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

function offerAddress(
  variables: vscode.GlobalEnvironmentVariableCollection,
  folder: vscode.Uri | undefined,
  values: Record<string, string>,
): void {
  const workspaceFolder = folder && vscode.workspace.getWorkspaceFolder(folder);
  if (!workspaceFolder) return;
  const ofFolder = variables.getScoped({ workspaceFolder });
  ofFolder.description = t('Scripts that use MLflow log to Crisol.');
  const wanted = isWanted(workspaceFolder.uri);
  // what we set would win over a task's own environment; what shells set for themselves reaches no task
  const shellsOnly = { applyAtProcessCreation: false, applyAtShellIntegration: true };
  const reach = wanted && tasksDecide(workspaceFolder.uri) ? shellsOnly : undefined;
  for (const [name, value] of Object.entries(values)) {
    if (wanted) ofFolder.replace(name, value, reach);
    else ofFolder.delete(name);
  }
}

/** A task of the folder says itself where to log. */
function tasksDecide(folder: vscode.Uri): boolean {
  const tasks = vscode.workspace.getConfiguration('tasks', folder);
  const environments = [tasks.get('options'), ...asList(tasks.get('tasks'))].flatMap((part) => {
    const { options, env } = Object(part);
    return [Object(env), Object(options?.env)];
  });
  return environments.some((env) => decides(env));
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isWanted(folder: vscode.Uri): boolean {
  if (!vscode.workspace.getConfiguration('crisol', folder).get('tracking.terminals', true)) return false;
  const chosen = vscode.workspace.getConfiguration('terminal.integrated.env', folder).get(PLATFORM, {});
  return !decides(chosen);
}
