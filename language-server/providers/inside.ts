import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Of an address such as `file:///home/me/project`; null for one of another kind. */
export function pathOf(address: string): string | null {
  if (!address.startsWith('file:')) return null;
  try {
    return fileURLToPath(address);
  } catch {
    return null;
  }
}

/** Also behind links. Where the folder itself is not there, as in an editor over the network, nothing is known. */
export async function placeOf(root: string, file: string): Promise<'inside' | 'outside' | 'missing' | 'unknown'> {
  const realRoot = await realpath(root).catch(() => null);
  if (realRoot === null) return 'unknown';
  try {
    const path = relative(realRoot, await realpath(file));
    return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path) ? 'outside' : 'inside';
  } catch (failure) {
    return ['ENOENT', 'ENOTDIR'].includes(codeOf(failure)) ? 'missing' : 'unknown';
  }
}

/** What is read of an ordinary file within a folder; null for any other. */
export async function reading<Answer>(
  root: string,
  file: string,
  read: (handle: FileHandle, found: Stats) => Promise<Answer>,
): Promise<Answer | null> {
  if ((await placeOf(root, file)) !== 'inside' || !(await stat(file)).isFile()) return null;
  const handle = await open(file);
  try {
    return await read(handle, await handle.stat());
  } finally {
    await handle.close();
  }
}

export const codeOf = (failure: unknown): string =>
  failure instanceof Error && 'code' in failure ? String(failure.code) : 'unknown';
