import { readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { STATE_FILES, STATE_FOLDER } from '../../schemas/state-folder.ts';
import { Status } from '../../schemas/wire/system.ts';
import { DaemonInfo } from '../../schemas/workspace.ts';
import { request } from './http.ts';
import type { DaemonAddress } from './link.ts';

const ANSWER_WITHIN_MS = 3_000;
const MOST_BYTES = 64 * 1024;

/** The folder's running daemon. Its file only says where to ask: it may be stale, or written by hand. */
export async function findDaemon(folder: string): Promise<DaemonAddress | undefined> {
  const info = await readInfo(folder);
  return info && (await askDaemon(folder, info));
}

/** Undefined unless it answers to the token, and answers for this folder. */
export async function askDaemon(folder: string, { url, token }: DaemonInfo): Promise<DaemonAddress | undefined> {
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const status = await request({ url, token }, 'GET', '/status', { signal }).catch(() => undefined);
  if (!Value.Check(Status, status)) return undefined;
  return (await samePlace(status.workspace, folder)) ? { url, token, status } : undefined;
}

export function parseInfo(text: string): DaemonInfo | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Value.Check(DaemonInfo, value) ? value : undefined;
  } catch {
    return undefined;
  }
}

async function readInfo(folder: string): Promise<DaemonInfo | undefined> {
  const file = join(folder, STATE_FOLDER, STATE_FILES.info);
  // a pipe that came with the folder would never end
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile() || found.size > MOST_BYTES) return undefined;
  return parseInfo(await readFile(file, 'utf8').catch(() => ''));
}

async function samePlace(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map((path) => realpath(path).catch(() => path)));
  return first === second;
}
