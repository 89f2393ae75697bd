import { statSync } from 'node:fs';
import { Command } from 'commander';
import { makesWay } from '../../schemas/handover.ts';
import { VERSION } from '../../schemas/version.ts';
import type { PipelineRun, StartPipeline } from '../../schemas/wire/pipelines.ts';
import { CrisolError } from '../base/errors.ts';
import { programPath } from '../base/programs.ts';
import type { FinishedRun, FoundDaemon } from '../life/index.ts';
import { findDaemon, findHolder, isLocked, startDaemon, startDaemonFor } from '../life/index.ts';
import { Api } from './api.ts';
import { printable } from './text.ts';
import { findProject, findWorkspace } from './workspace.ts';

/** What every command takes, before its name or after it. */
export interface CommonOptions {
  workspace?: string;
  json?: boolean;
}

export function command(name: string, description: string): Command {
  return withCommonOptions(new Command(name).description(description));
}

export function withCommonOptions(command: Command): Command {
  return command
    .option('--workspace <folder>', 'the project (default: the nearest folder with a crisol.yaml)')
    .option('--json', 'print one JSON document and nothing else');
}

/** One JSON document, or words. */
export function print({ json }: CommonOptions, document: unknown, text: string): void {
  process.stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : `${printable(text)}\n`);
}

export interface Connecting {
  /** of the daemon's command line, if it is started here */
  daemonArgs?: string[];
  /** also in a folder that is no project yet: it becomes one */
  anywhere?: boolean;
}

/** The workspace's daemon, started if there is none. */
export async function connect(
  options: CommonOptions,
  { daemonArgs = [], anywhere = false }: Connecting = {},
): Promise<{ api: Api; daemon: FoundDaemon }> {
  const workspace = anywhere ? findWorkspace(options.workspace) : findProject(options.workspace);
  const daemon = (await running(workspace)) ?? (await startDaemon(workspace, daemonArgs));
  return { api: new Api(daemon.info), daemon };
}

/** The same; one that is started begins with this run, which may be over before it can be asked. */
export async function connectFor(
  wanted: StartPipeline,
  options: CommonOptions,
): Promise<{ ran: FinishedRun } | { api: Api; begun?: PipelineRun }> {
  const workspace = findProject(options.workspace);
  const found = await running(workspace);
  if (found) return { api: new Api(found.info) };
  const started = await startDaemonFor(wanted, workspace);
  return 'info' in started ? { api: new Api(started.info), begun: started.run } : { ran: started };
}

async function running(workspace: string): Promise<FoundDaemon | undefined> {
  const found = await findDaemon(workspace);
  return found && !(await madeWay(found)) ? found : undefined;
}

/**
 * The running daemon. One that has told how its first run ended may still be on its way to where it can be found; of another
 * the file was edited.
 */
export async function findRunning(workspace: string): Promise<FoundDaemon | undefined> {
  return (await findDaemon(workspace)) ?? (isLocked(workspace) ? findHolder(workspace) : undefined);
}

/** The running daemon, or an error: for commands that would make no sense with a new one. */
export async function connectToRunning(options: CommonOptions): Promise<FoundDaemon> {
  const workspace = findWorkspace(options.workspace);
  const daemon = await findRunning(workspace);
  if (!daemon) throw new CrisolError('DAEMON_UNREACHABLE', `No daemon runs for ${workspace}.`);
  return daemon;
}

/** An older daemon is asked to hand over when no work runs; until then it serves us, too. */
async function madeWay({ info, status }: FoundDaemon): Promise<boolean> {
  const builtAt = statSync(programPath('daemon')).mtimeMs;
  if (!makesWay(status, { version: VERSION, builtAt }, Date.now())) return false;
  await new Api(info).post('/shutdown', { when: 'idle' });
  return !status.busy.some((work) => !work.endsWith('connected'));
}
