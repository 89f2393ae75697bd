import { realpathSync } from 'node:fs';
import { parseArgs } from 'node:util';

export interface DaemonOptions {
  workspace: string;
  idleMinutes: number;
  /** undefined: where the last daemon of this workspace was */
  port: number | undefined;
}

const IDLE_MINUTES = 15;

/** `daemon --workspace DIR [--idle-minutes N] [--port N]` */
export function readOptions(args: string[]): DaemonOptions {
  const { values } = parseArgs({
    args,
    options: {
      workspace: { type: 'string', default: '.' },
      'idle-minutes': { type: 'string', default: String(IDLE_MINUTES) },
      port: { type: 'string' },
    },
  });
  const idleMinutes = Number(values['idle-minutes']);
  return {
    // two paths to one folder must find one daemon
    workspace: realpathSync.native(values.workspace),
    idleMinutes: idleMinutes > 0 ? idleMinutes : IDLE_MINUTES,
    port: values.port === undefined ? undefined : Number(values.port),
  };
}
