import { join } from 'node:path';
import { Value } from 'typebox/value';
import { STATE_FILES, STATE_FOLDER } from '../../schemas/state-folder.ts';
import { APP_PREFIX } from '../../schemas/wire/common.ts';
import { Status } from '../../schemas/wire/system.ts';
import { DaemonInfo } from '../../schemas/workspace.ts';
import { ask } from '../base/http-client.ts';
import { readAddress } from './address.ts';
import { readPrivate, writePrivate } from './private-file.ts';

const ANSWER_WITHIN_MS = 3_000;

export interface FoundDaemon {
  info: DaemonInfo;
  status: Status;
}

type Door = Pick<DaemonInfo, 'url' | 'token'>;

/** The running daemon of a workspace. The file only says where to ask: it may be stale, or written by hand. */
export async function findDaemon(workspace: string): Promise<FoundDaemon | undefined> {
  // an address on another machine does not fit its schema, and is not asked
  const info = readPrivate(join(workspace, STATE_FOLDER, STATE_FILES.info), DaemonInfo);
  const status = info && (await statusAt(info, workspace));
  return status && status.epoch === info.epoch ? { info, status } : undefined;
}

/**
 * The file of a running daemon may be lost or edited: it still is where it told its successor to be. For when it is sure
 * that one runs: otherwise that port may be another program's by now, which would be shown the token.
 */
export async function findByAddress(workspace: string): Promise<FoundDaemon | undefined> {
  const address = readAddress(join(workspace, STATE_FOLDER, STATE_FILES.address));
  if (address === undefined || address.port === 0) return undefined;
  const door = { url: `http://127.0.0.1:${address.port}`, token: address.token };
  const status = await statusAt(door, workspace);
  if (status === undefined) return undefined;
  const { pid, epoch, version } = status;
  const info = { ...door, pid, epoch, workspace, version };
  mend(workspace, info);
  return { info, status };
}

/** For those who come after us. */
function mend(workspace: string, info: DaemonInfo): void {
  try {
    writePrivate(join(workspace, STATE_FOLDER, STATE_FILES.info), info);
  } catch {
    // then they look as long as we did
  }
}

/** What the daemon says, if it is that of this workspace. */
async function statusAt({ url, token }: Door, workspace: string): Promise<Status | undefined> {
  try {
    const { status, body } = await ask(`${url}${APP_PREFIX}/status`, { token, quietMs: ANSWER_WITHIN_MS });
    return status === 200 && Value.Check(Status, body) && body.workspace === workspace ? body : undefined;
  } catch {
    return undefined;
  }
}
