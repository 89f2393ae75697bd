import { realpathSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CrisolError, messageOf } from './base/errors.ts';

export interface DaemonOptions {
  workspace: string;
  idleMinutes: number;
  /** undefined: where the last daemon of this workspace was */
  port: number | undefined;
}

const IDLE_MINUTES = 15;
const LAST_PORT = 65_535;

/** `daemon --workspace DIR [--idle-minutes N] [--port N]` */
export function readOptions(args: string[]): DaemonOptions {
  const { workspace, port, ...values } = parse(args);
  const idleMinutes = Number(values['idle-minutes']);
  if (!(idleMinutes > 0)) throw wrong('--idle-minutes takes a number of minutes above 0.');
  return {
    workspace: existing(workspace),
    idleMinutes,
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
