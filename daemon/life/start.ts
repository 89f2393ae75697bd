import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiledFolder } from '../../compiled/folder.ts';
import type { ErrorCode } from '../../schemas/errors.ts';
import { STATE_FOLDER } from '../../schemas/state-folder.ts';
import { SUPERVISED_VARIABLE } from '../../schemas/supervised.ts';
import type { ErrorBody } from '../../schemas/wire/common.ts';
import type { PipelineRun, StartPipeline } from '../../schemas/wire/pipelines.ts';
import type { LatestMetric } from '../../schemas/wire/tracking.ts';
import { STARTED_VARIABLE } from '../../schemas/workspace.ts';
import { CrisolError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { programPath } from '../base/programs.ts';
import type { FoundDaemon } from './find.ts';
import { findByAddress, findDaemon } from './find.ts';
import type { LastWords } from './last-words.ts';
import { listenToLastWords } from './last-words.ts';

/** What a starting daemon tells the process that started it: the first word is what that one waits for. */
export type DaemonReport =
  | ({ type: 'ready' } & ReadyDaemon)
  | ({ type: 'ran' } & FinishedRun)
  | { type: 'failed'; error: ErrorBody };

export interface ReadyDaemon extends FoundDaemon {
  /** what it was started for, if that has begun */
  run?: PipelineRun;
}

/** A run that was over before its daemon could be found. */
export interface FinishedRun {
  run: PipelineRun;
  metrics: LatestMetric[];
}

/** What whoever started a daemon answers to its report: from then on it is the one to cancel its run. */
export const HEARD = 'heard';

const START_WITHIN_MS = 20_000;
/** how long a start of somebody else may take before we try again */
const OTHER_WITHIN_MS = 2_000;

/**
 * A daemon of many requests makes much garbage that is young: with V8's usual 16 MB a half-space its memory grows by 100 MB
 * and never shrinks again; with 4 MB it is no slower. What outlives that is collected when the heap has grown by half, not
 * to four times what is in use: a few milliseconds more often, for 40 MB.
 */
export const NODE_OPTIONS_OF_DAEMON = ['--max-semi-space-size=4', '--heap-growing-percent=50'];

/** Starts the workspace's daemon, or finds the one that somebody else is starting at this moment. */
export async function startDaemon(workspace: string, args: string[] = []): Promise<FoundDaemon> {
  const started = await start(workspace, args);
  if ('info' in started) return started;
  throw new CrisolError('DAEMON_START_FAILED', 'The daemon did what nobody asked for.');
}

/** The same, with a run as the first thing that it does: it may be over before the daemon can be found. */
export function startDaemonFor(wanted: StartPipeline, workspace: string): Promise<ReadyDaemon | FinishedRun> {
  return start(workspace, ['--for-run'], wanted);
}

async function start(workspace: string, args: string[], wanted?: StartPipeline): Promise<ReadyDaemon | FinishedRun> {
  const deadline = Date.now() + START_WITHIN_MS;
  while (Date.now() < deadline) {
    const report = await launch(workspace, args, { wanted, within: deadline - Date.now() });
    if (report.type === 'failed' && report.error.error_code !== 'DAEMON_ALREADY_RUNNING') throw failure(report.error);
    if (report.type !== 'failed') {
      leaveNote(workspace);
      return report;
    }
    const found = await findHolder(workspace);
    if (found) return found;
    // the other one was on its way out: now it is our turn
  }
  throw new CrisolError('DAEMON_START_FAILED', 'The daemon did not answer in time.');
}

function leaveNote(workspace: string): void {
  const folder = process.env[STARTED_VARIABLE];
  // whoever wanted the note may be gone
  if (folder && existsSync(folder)) writeFileSync(join(folder, newId()), workspace);
}

function failure(error: ErrorBody): CrisolError {
  return new CrisolError(error.error_code as ErrorCode, error.message, { hint: error.hint });
}

interface Launching {
  wanted: StartPipeline | undefined;
  within: number;
}

function launch(workspace: string, args: string[], { wanted, within }: Launching): Promise<DaemonReport> {
  const words = listenToLastWords();
  const program = [...NODE_OPTIONS_OF_DAEMON, programPath('daemon'), '--workspace', workspace];
  const child = spawn(process.execPath, [...program, ...args], {
    detached: true,
    stdio: ['ignore', 'ignore', words.stdio, 'ipc'],
    // what was compiled once need not be compiled at the next start
    // and one that a step starts is there for others, too: it is not ended with the step
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: compiledFolder(),
      ELECTRON_RUN_AS_NODE: '1',
      [SUPERVISED_VARIABLE]: undefined,
    },
    cwd: workspace,
    windowsHide: true,
  });
  // one that could not be started says so below
  if (wanted && child.connected) child.send(wanted, () => {});
  return firstReport(child, words, within).finally(() => {
    words.close();
    if (child.connected) {
      child.send(HEARD, () => {});
      child.disconnect();
    }
    child.unref();
  });
}

function firstReport(child: ChildProcess, words: LastWords, within: number): Promise<DaemonReport> {
  const { promise, resolve } = Promise.withResolvers<DaemonReport>();
  const fail = (message: string) => {
    const { code, hint } = new CrisolError('DAEMON_START_FAILED', message);
    resolve({ type: 'failed', error: { error_code: code, message, hint } });
  };
  const timer = setTimeout(() => fail('The daemon did not start in time.'), within);
  child.once('message', (report) => resolve(report as DaemonReport));
  // its last word may still be on the way when it is gone
  const ended = Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  ended.then(
    ([[code, signal]]) =>
      fail(`The daemon ended while starting (${signal ?? code}): ${words.read() ?? 'it said nothing.'}`),
    (failure: Error) => fail(failure.message),
  );
  return promise.finally(() => clearTimeout(timer));
}

/** Of a workspace that is locked: the daemon that somebody starts at this moment, or one whose info file is lost. */
export async function findHolder(workspace: string): Promise<FoundDaemon | undefined> {
  return (await findSoon(workspace, Date.now() + OTHER_WITHIN_MS)) ?? (await findByAddress(workspace));
}

/** Looks now, and again whenever something changes in the state folder. */
async function findSoon(workspace: string, deadline: number): Promise<FoundDaemon | undefined> {
  let changed = Promise.withResolvers<void>();
  const watcher = watch(join(workspace, STATE_FOLDER), () => changed.resolve());
  try {
    for (;;) {
      const found = await findDaemon(workspace);
      if (found || Date.now() >= deadline) return found;
      const timer = setTimeout(() => changed.resolve(), deadline - Date.now());
      await changed.promise;
      clearTimeout(timer);
      changed = Promise.withResolvers<void>();
    }
  } finally {
    watcher.close();
  }
}
