import type { Command } from 'commander';
import type { DaemonInfo } from '../../../schemas/workspace.ts';
import type { FoundDaemon } from '../../life/index.ts';
import { findDaemon } from '../../life/index.ts';
import { Api } from '../api.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, connectToRunning, print } from '../command.ts';
import { ago } from '../text.ts';
import { findWorkspace } from '../workspace.ts';

/** up, down, status */
export function daemonCommands(): Command[] {
  return [
    command('up', 'start the daemon of this workspace if none runs')
      .option('--idle-minutes <minutes>', 'leave after this long without work or clients')
      .action(up),
    command('down', 'end the daemon').action(down),
    command('status', 'show the daemon, and what keeps it here').action(status),
  ];
}

async function up(options: CommonOptions & { idleMinutes?: string }): Promise<void> {
  const args = options.idleMinutes === undefined ? [] : ['--idle-minutes', options.idleMinutes];
  const { daemon } = await connect(options, args);
  show(options, daemon);
}

async function status(options: CommonOptions): Promise<void> {
  const { daemon } = await connectToRunning(options);
  show(options, daemon);
}

async function down(options: CommonOptions): Promise<void> {
  const workspace = findWorkspace(options.workspace);
  const daemon = await findDaemon(workspace);
  if (daemon) await new Api(daemon.info).post('/shutdown', { when: 'now' });
  print(
    options,
    { workspace, was_running: daemon !== undefined },
    daemon ? 'The daemon leaves.' : 'No daemon was running.',
  );
}

function show(options: CommonOptions, { info, status: now }: FoundDaemon): void {
  const { url, token, pid, epoch, workspace, version }: DaemonInfo = info;
  const busy = now.busy.length > 0 ? now.busy.join(', ') : 'nothing under way';
  const store = now.store.state === 'ok' ? '' : `\nThe store is failing: ${now.store.message}`;
  const text = `${url}  (process ${pid}, version ${version}, started ${ago(now.started_at)})\n${workspace}\n${busy}${store}`;
  print(options, { url, token, pid, epoch, workspace, version, busy: now.busy, store: now.store }, text);
}
