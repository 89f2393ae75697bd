import { realpathSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CrisolError, messageOf } from './base/errors.ts';

export interface DaemonOptions {
  workspace: string;
  idleMinutes: number;
  /** of what steps printed so much is kept */
  logMegabytes: number;
  /** it is started for a run, which comes over the channel to whoever starts it: others see the words of a command */
  forRun: boolean;
  /** undefined: where the last daemon of this workspace was */
  port: number | undefined;
}

const IDLE_MINUTES = 15;
const LOG_MEGABYTES = 1_000;
const LAST_PORT = 65_535;

/** `daemon --workspace DIR [--idle-minutes N] [--log-megabytes N] [--port N] [--for-run]` */
export function readOptions(args: string[]): DaemonOptions {
  const { workspace, port, ...values } = parse(args);
  const idleMinutes = Number(values['idle-minutes']);
  if (!(idleMinutes > 0)) throw wrong('--idle-minutes takes a number of minutes above 0.');
  const logMegabytes = Number(values['log-megabytes']);
  if (!(logMegabytes > 0)) throw wrong('--log-megabytes takes a number of megabytes above 0.');
  return {
    workspace: existing(workspace),
    idleMinutes,
    logMegabytes,
    forRun: values['for-run'],
    port: port === undefined ? undefined : portOf(port),
  };
}

function parse(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        workspace: { type: 'string', default: '.' },
        'idle-minutes': { type: 'string', default: String(IDLE_MINUTES) },
        'log-megabytes': { type: 'string', default: String(LOG_MEGABYTES) },
        'for-run': { type: 'boolean', default: false },
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
