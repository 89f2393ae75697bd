import * as vscode from 'vscode';
import type { LinkState } from '../daemon/link.ts';
import { t } from '../texts.ts';
import { handOver } from '../views/status-model.ts';
import type { CommandContext } from './context.ts';

interface Action extends vscode.QuickPickItem {
  command?: string;
  arguments?: unknown[];
}

export function statusCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return { 'crisol.status': () => offer(context) };
}

/** What one would do now, the likeliest first. */
async function offer(context: CommandContext): Promise<void> {
  const { state } = context.session;
  const actions = [...mending(state, context), ...(state.kind === 'connected' ? going(context) : []), ...always(state)];
  const picked = await vscode.window.showQuickPick(actions, { title: 'Crisol', placeHolder: t('What now?') });
  if (picked?.command) await vscode.commands.executeCommand(picked.command, ...(picked.arguments ?? []));
}

function mending(state: LinkState, { stores }: CommandContext): Action[] {
  const { kind } = state;
  if (kind === 'connected' && state.outdated) {
    return [{ ...restarting(), detail: handOver(state.address.status.version, stores) }];
  }
  if (kind === 'untrusted') {
    return [{ label: `$(shield) ${t('Manage trust of this folder')}`, command: 'workbench.trust.manage' }];
  }
  if (kind === 'stopped') return [{ label: `$(play) ${t('Start daemon')}`, command: 'crisol.daemon.start' }];
  if (kind === 'failed') return [{ label: `$(refresh) ${t('Try again')}`, command: 'crisol.daemon.start' }];
  return [];
}

function going({ stores }: CommandContext): Action[] {
  const run = stores.pipelines.activeRun();
  const atWork: Action[] = run
    ? [
        {
          label: `$(eye) ${t('Open run')}`,
          description: run.name,
          command: 'crisol.runs.open',
          arguments: [run.run_id],
        },
        { label: `$(stop-circle) ${t('Cancel pipeline run')}`, command: 'crisol.pipeline.cancel' },
      ]
    : [{ label: `$(play) ${t('Run pipeline')}`, command: 'crisol.pipeline.run' }];
  return [...drifted(stores), ...atWork, ...served(stores)];
}

function drifted({ monitoring }: CommandContext['stores']): Action[] {
  return monitoring.drifted().map(({ name, sentence }) => ({
    label: `$(warning) ${t('Show drift report')}`,
    description: name,
    detail: sentence,
    command: 'crisol.monitors.show',
    arguments: [name],
  }));
}

function served({ serving }: CommandContext['stores']): Action[] {
  return serving.ready().map(({ name }) => ({
    label: `$(radio-tower) ${t('Try endpoint')}`,
    description: name,
    command: 'crisol.endpoints.try',
    arguments: [name],
  }));
}

function restarting(): Action {
  return { label: `$(debug-restart) ${t('Restart daemon')}`, command: 'crisol.daemon.restart' };
}

function always(state: LinkState): Action[] {
  const separator = { label: '', kind: vscode.QuickPickItemKind.Separator };
  const file = { label: `$(go-to-file) ${t('Open crisol.yaml')}`, command: 'crisol.file.open' };
  const log = { label: `$(output) ${t('Show log')}`, command: 'crisol.showLog' };
  return [separator, file, log, ...(state.kind === 'connected' && !state.outdated ? [restarting()] : [])];
}
