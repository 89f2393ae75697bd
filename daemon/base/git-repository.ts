import { lstat, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * The folder of the repository that a folder is in, with all links resolved. Looked for without git, which need not even be
 * started where there is none.
 */
export async function repositoryAround(folder: string): Promise<string | undefined> {
  return repositoryOf(await realpath(folder).catch(() => folder));
}

async function repositoryOf(folder: string): Promise<string | undefined> {
  // git would take such a folder for a repository, with its settings, though it came as files of another one
  if (await isBare(folder)) return undefined;
  // in a worktree or a submodule it is a file
  if (await exists(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : repositoryOf(parent);
}

async function isBare(folder: string): Promise<boolean> {
  const parts = await Promise.all(['HEAD', 'objects', 'refs'].map((name) => exists(join(folder, name))));
  return parts.every(Boolean);
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}
