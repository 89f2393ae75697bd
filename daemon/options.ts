import { realpathSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { StartPipeline } from '../schemas/wire/pipelines.ts';
import { CrisolError, messageOf } from './base/errors.ts';

export interface DaemonOptions {
  workspace: string;
  idleMinutes: number;
  /** of what steps printed so much is kept */
  logMegabytes: number;
  /** it was started for this run */
  run: StartPipeline | undefined;
  /** undefined: where the last daemon of this workspace was */
  port: number | undefined;
}

const IDLE_MINUTES = 15;
const LOG_MEGABYTES = 1_000;
const LAST_PORT = 65_535;

/** `daemon --workspace DIR [--idle-minutes N] [--log-megabytes N] [--port N] [--run JSON]` */
export function readOptions(args: string[]): DaemonOptions {
  const { workspace, port, run, ...values } = parse(args);
  const idleMinutes = Number(values['idle-minutes']);
  if (!(idleMinutes > 0)) throw wrong('--idle-minutes takes a number of minutes above 0.');
  const logMegabytes = Number(values['log-megabytes']);
  if (!(logMegabytes > 0)) throw wrong('--log-megabytes takes a number of megabytes above 0.');
  return {
    workspace: existing(workspace),
    idleMinutes,
    logMegabytes,
    run: run === undefined ? undefined : wantedRun(run),
    port: port === undefined ? undefined : portOf(port),
  };
}

/** Of our own command line, which asks again for what is not begun. */
function wantedRun(text: string): StartPipeline {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw wrong(`--run takes JSON: ${messageOf(thrown)}`);
  }
}

function parse(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        workspace: { type: 'string', default: '.' },
        'idle-minutes': { type: 'string', default: String(IDLE_MINUTES) },
        'log-megabytes': { type: 'string', default: String(LOG_MEGABYTES) },
        run: { type: 'string' },
        port: { type: 'string' },
      },
    });
    return values;
  } catch (cause) {
    throw wrong(messageOf(cause));
  }
}

/** Two paths to one folder must find one daemon. */
function existing(workspace: string): string {
  try {
    return realpathSync.native(workspace);
  } catch (cause) {
    throw new CrisolError('FILE_NOT_FOUND', `There is no folder ${workspace}.`, { cause });
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= LAST_PORT) return port;
  throw wrong(`--port takes a number from 0 to ${LAST_PORT}.`);
}

function wrong(message: string): CrisolError {
  return new CrisolError('INVALID_PARAMETER_VALUE', message);
}
