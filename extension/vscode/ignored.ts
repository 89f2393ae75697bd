import { execFile } from 'node:child_process';
import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** How a file stands with git: a secret may be in it only when it is ignored, or when there is no repository. */
export async function standingOf(file: string): Promise<'ignored' | 'tracked' | 'seen' | 'no repository'> {
  if ((await git(file, ['ls-files', '--error-unmatch', '--', file])) === 0) return 'tracked';
  const code = await git(file, ['check-ignore', '--quiet', '--', file]);
  if (code === 0) return 'ignored';
  return code === 1 || (await isBelowRepository(file)) ? 'seen' : 'no repository';
}

/** Git may be missing, or refuse to look at it, as at a folder of somebody else: another git will take the file all the same. */
async function isBelowRepository(file: string): Promise<boolean> {
  const folder = dirname(file);
  const found = await lstat(join(folder, '.git')).catch(() => undefined);
  return found !== undefined || (folder !== dirname(folder) && isBelowRepository(folder));
}

/** Its exit code; that of git itself when it is not there. */
function git(file: string, args: string[]): Promise<number> {
  return new Promise((resolve) => {
    execFile('git', ['-c', 'core.fsmonitor=false', ...args], { cwd: dirname(file), timeout: 10_000 }, (failure) => {
      resolve(failure ? (typeof failure.code === 'number' ? failure.code : 128) : 0);
    });
  });
}
