import { closeSync, constants, openSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** The system keeps the path of a socket in about a hundred bytes. */
const MOST_BYTES = 100;

export interface ShortPath {
  path: string;
  /** the path is of no use after that */
  release(): void;
}

/** A socket's path in few bytes, however deep its folder lies; undefined where this system has no such way. */
export function shortPath(address: string): ShortPath | undefined {
  if (process.platform === 'win32' || Buffer.byteLength(address) <= MOST_BYTES) return { path: address, release() {} };
  if (process.platform !== 'linux') return undefined;
  const folder = openSync(dirname(address), constants.O_RDONLY | constants.O_DIRECTORY);
  return { path: `/proc/self/fd/${folder}/${basename(address)}`, release: () => closeSync(folder) };
}
