import { join } from 'node:path';
import { Value } from 'typebox/value';
import { APP_PREFIX } from '../../schemas/wire/common.ts';
import { Status } from '../../schemas/wire/system.ts';
import { DaemonInfo, STATE_FILES, STATE_FOLDER } from '../../schemas/workspace.ts';
import { ask } from '../base/http-client.ts';
import { readPrivate } from './private-file.ts';

const ANSWER_WITHIN_MS = 3_000;

export interface FoundDaemon {
  info: DaemonInfo;
  status: Status;
}

/** The running daemon of a workspace. The file only says where to ask: it may be stale, or written by hand. */
export async function findDaemon(workspace: string): Promise<FoundDaemon | undefined> {
  const info = readPrivate(join(workspace, STATE_FOLDER, STATE_FILES.info), DaemonInfo);
  if (info === undefined || !isLoopback(info.url)) return undefined;
  const status = await statusOf(info);
  if (status === undefined || status.workspace !== workspace || status.epoch !== info.epoch) return undefined;
  return { info, status };
}

async function statusOf({ url, token }: DaemonInfo): Promise<Status | undefined> {
  try {
    const { status, body } = await ask(`${url}${APP_PREFIX}/status`, { token, quietMs: ANSWER_WITHIN_MS });
    return status === 200 && Value.Check(Status, body) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** The token must never be sent to another machine, whatever the file says: an address as we write it, and nothing else. */
function isLoopback(url: string): boolean {
  return /^http:\/\/127\.0\.0\.1:\d{1,5}$/.test(url);
}
