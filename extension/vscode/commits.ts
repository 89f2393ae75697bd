import { execFile } from 'node:child_process';

const LARGEST_FILE = 5_000_000;
const MOST_FILES = 200;
// scripts tell what they ran: a commit is believed only if it can be nothing else
const COMMIT = /^[0-9a-f]{7,64}$/;

/** The files below a folder in which two commits differ; none where git does not know both of them. */
export async function changedFiles(folder: string, from: string, to: string): Promise<string[]> {
  if (!COMMIT.test(from) || !COMMIT.test(to) || from === to) return [];
  const args = ['diff', '--no-ext-diff', '--no-textconv', '--no-renames', '--relative', '--name-only', '-z'];
  const listed = await git(folder, [...args, from, to, '--']).catch(() => '');
  return listed.split('\0').filter(Boolean).slice(0, MOST_FILES);
}

/** A file as it was in a commit; nothing where it was not there. */
export async function fileAt(folder: string, commit: string, path: string): Promise<string> {
  if (!COMMIT.test(commit)) return '';
  return git(folder, ['cat-file', 'blob', `${commit}:./${path}`]).catch(() => '');
}

/** What the repository's settings name for convenience is not run. */
function git(cwd: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, timeout: 10_000, maxBuffer: LARGEST_FILE, encoding: 'utf8' as const };
    execFile('git', ['-c', 'core.fsmonitor=false', ...args], options, (failure, stdout) =>
      failure ? reject(failure) : resolve(stdout),
    );
  });
}
