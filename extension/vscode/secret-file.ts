import { chmod, realpath, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, relative, sep } from 'node:path';

/** Whether the file truly lies in the folder: a link on the way to it may lead out, or to where it is shared. */
export async function liesIn(folder: string, file: string): Promise<boolean> {
  const [top, parent] = await Promise.all([folder, dirname(file)].map((path) => realpath(path).catch(() => undefined)));
  if (top === undefined || parent === undefined) return false;
  const way = relative(top, parent);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** For this user alone, also if others could read the file before. */
export async function writeSecret(file: string, text: string): Promise<void> {
  await chmod(file, 0o600).catch(() => undefined);
  await writeFile(file, text, { mode: 0o600 });
}
