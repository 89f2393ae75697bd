import type { Stats } from 'node:fs';
import { closeSync, constants, fstatSync, lstatSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What only this user can have written; null where anybody else could, and where there is nothing. */
export function readOwn(path: string): Buffer | null {
  try {
    if (!isOwnFolder(dirname(path))) return null;
    // a link may lead to anybody's file, and a pipe would hold us up
    const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const found = fstatSync(file);
      return found.isFile() && isOwn(found) ? readFileSync(file) : null;
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}

/** Whole or not at all, also when the power fails: V8 would believe what is left of it. */
export async function writeOwn(path: string, parts: readonly Uint8Array[]): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (!isOwnFolder(dirname(path))) return;
  const draft = `${path}.${process.pid}.draft`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writev(parts);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Of a folder's files only the newest stay. */
export async function keepNewest(folder: string, count: number): Promise<void> {
  const paths = (await readdir(folder)).map((name) => join(folder, name));
  const files = await Promise.all(paths.map(async (path) => ({ path, written: (await stat(path)).mtimeMs })));
  const old = files.sort((a, b) => b.written - a.written).slice(count);
  await Promise.all(old.map(({ path }) => rm(path, { force: true })));
}

function isOwnFolder(path: string): boolean {
  const found = lstatSync(path);
  return found.isDirectory() && isOwn(found);
}

const WRITABLE_BY_OTHERS = 0o022;

/** Windows has no such modes: there the folder lies in what is the user's alone. */
const isOwn = ({ uid, mode }: Stats): boolean =>
  process.getuid === undefined || (uid === process.getuid() && (mode & WRITABLE_BY_OTHERS) === 0);
