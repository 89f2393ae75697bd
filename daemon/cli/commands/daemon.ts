import type { Command } from 'commander';
import { pythonInWords } from '../../../schemas/pipelines/python-words.ts';
import type { PythonAnswer } from '../../../schemas/wire/python.ts';
import type { DaemonInfo } from '../../../schemas/workspace.ts';
import { CrisolError } from '../../base/errors.ts';
import type { FoundDaemon } from '../../life/index.ts';
import { isLocked } from '../../life/index.ts';
import { Api } from '../api.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, connectToRunning, findRunning, print } from '../command.ts';
import { ago, pairs } from '../text.ts';
import { positiveNumber } from '../usage.ts';
import { findWorkspace } from '../workspace.ts';

const ENDS_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 20;
const SHOWN_AHEAD = 3;

/** up, down, status, env */
export function daemonCommands(): Command[] {
  return [
    command('up', 'start the daemon of this workspace if none runs')
      .option('--idle-minutes <minutes>', 'leave after this long without work or clients (default: 15)', positiveNumber)
      .option('--log-megabytes <n>', 'keep so much of what steps printed (default: 1000)', positiveNumber)
      .action(up),
    command('down', 'end the daemon, and with it the endpoints that it serves').action(down),
    command('status', 'show the daemon, and what keeps it here').action(status),
    command('env', 'print what MLflow clients need: eval "$(crisol env)"').action(env),
  ];
}

interface UpOptions extends CommonOptions {
  idleMinutes?: number;
  logMegabytes?: number;
}

async function up(options: UpOptions): Promise<void> {
  const { idleMinutes, logMegabytes } = options;
  const daemonArgs = [
    ...(idleMinutes === undefined ? [] : ['--idle-minutes', String(idleMinutes)]),
    ...(logMegabytes === undefined ? [] : ['--log-megabytes', String(logMegabytes)]),
  ];
  const { api, daemon } = await connect(options, { daemonArgs, anywhere: true });
  // who asks for a daemon wants what it is there for: schedules, too
  await api.post('/triggers', { act: true }).catch(() => {}); // an older one knows none
  await show(options, daemon);
}

async function status(options: CommonOptions): Promise<void> {
  await show(options, await connectToRunning(options));
}

async function down(options: CommonOptions): Promise<void> {
  const workspace = findWorkspace(options.workspace);
  const daemon = await findRunning(workspace);
  if (daemon) {
    await new Api(daemon.info).post('/shutdown', { when: 'now' });
    await ended(workspace);
  }
  const text = daemon ? 'The daemon has ended.' : 'No daemon was running.';
  print(options, { workspace, was_running: daemon !== undefined }, text);
}

/** Nobody tells when a process that is not ours has ended. It gives its lock back last, after all files are closed. */
async function ended(workspace: string): Promise<void> {
  const deadline = Date.now() + ENDS_WITHIN_MS;
  while (isLocked(workspace)) {
    if (Date.now() > deadline) throw new CrisolError('DAEMON_UNREACHABLE', 'The daemon does not end.');
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function env(options: CommonOptions): Promise<void> {
  const { daemon } = await connect(options, { anywhere: true });
  const variables = { MLFLOW_TRACKING_URI: daemon.info.url, MLFLOW_TRACKING_TOKEN: daemon.info.token };
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'`);
  print(options, variables, lines.join('\n'));
}

async function show(options: CommonOptions, { info, status: now }: FoundDaemon): Promise<void> {
  // an older one cannot tell
  const { python } = await new Api(info).get<PythonAnswer>('/pipelines/python').catch(() => ({ python: null }));
  const { url, token, pid, epoch, workspace, version }: DaemonInfo = info;
  const text = pairs([
    ['daemon', `${url}, Crisol ${version}, process ${pid}, started ${ago(now.started_at)}`],
    ['workspace', workspace],
    ['work', now.busy.length > 0 ? now.busy.join(', ') : 'nothing under way'],
    ...(now.ahead ?? []).slice(0, SHOWN_AHEAD).map((one): [string, string] => ['ahead', one]),
    ...(python ? [['python', pythonInWords(python, workspace)] satisfies [string, string]] : []),
    ['store', now.store.state === 'ok' ? 'ok' : `failing: ${now.store.message}`],
  ]);
  print(
    options,
    { url, token, pid, epoch, workspace, version, busy: now.busy, ahead: now.ahead, store: now.store, python },
    text,
  );
}
