import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder of the repository that a folder is in, with all links resolved. Looked for without git, which need not even be
 * started where there is none.
 */
export function repositoryAround(folder: string): string | undefined {
  try {
    return repositoryOf(realpathSync.native(folder));
  } catch {
    // a folder that is gone, or may not be looked into
    return undefined;
  }
}

function repositoryOf(folder: string): string | undefined {
  // git would take such a folder for a repository, with its settings, though it came as files of another one
  if (['HEAD', 'objects', 'refs'].every((name) => exists(join(folder, name)))) return undefined;
  // in a worktree or a submodule it is a file
  if (exists(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : repositoryOf(parent);
}

const exists = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;
