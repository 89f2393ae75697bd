import { lstat, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { GitState } from '../../../../schemas/wire/run-source.ts';
import { git } from './run.ts';
import { asAdditions } from './untracked.ts';

const MOST_DIFF_BYTES = 1024 * 1024;
const MOST_LIST_BYTES = 256 * 1024;
const MOST_UNTRACKED = 200;

/** `root` is the repository's folder, with all links resolved. */
export type WorkingTree = GitState & { root: string };

/** The repository that the folder is in, as it is now. Undefined when there is none. */
export async function readWorkingTree(folder: string): Promise<WorkingTree | undefined> {
  // looked for by ourselves first: without a repository git is not even started
  const root = await repositoryOf(await realpath(folder).catch(() => folder));
  if (root === undefined) return undefined;
  const [status, others] = await Promise.all([
    git(folder, ['status', '--porcelain=v2', '--branch', '--untracked-files=no', '-z'], MOST_LIST_BYTES),
    git(folder, ['ls-files', '--others', '--exclude-standard', '-z'], MOST_LIST_BYTES),
  ]);
  if (!status || !others) return undefined;
  const { commit, branch, changed } = readStatus(status.text);
  const untracked = others.text.split('\0').filter(Boolean);
  const diff = changed && commit ? await changes(folder) : { text: '', complete: !changed };
  const added = await asAdditions(folder, root, untracked, MOST_DIFF_BYTES - diff.text.length);
  return {
    root,
    commit,
    branch,
    dirty: changed || untracked.length > 0,
    diff: diff.text + added.text,
    diff_complete: diff.complete && added.complete && others.complete,
    untracked: untracked.slice(0, MOST_UNTRACKED),
  };
}

async function repositoryOf(folder: string): Promise<string | undefined> {
  // in a worktree or a submodule it is a file
  if (await lstat(join(folder, '.git')).catch(() => undefined)) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : repositoryOf(parent);
}

async function changes(folder: string): Promise<{ text: string; complete: boolean }> {
  const plain = ['--no-ext-diff', '--no-textconv', '--no-color', '--no-relative', '--src-prefix=a/', '--dst-prefix=b/'];
  const found = await git(folder, ['diff', ...plain, 'HEAD'], MOST_DIFF_BYTES);
  if (!found) return { text: '', complete: false };
  const { text, complete } = found;
  // of binary files it says only that they differ
  return { text, complete: complete && !/^Binary files /m.test(text) };
}

/** `# branch.oid …` and `# branch.head …`, then what changed. */
function readStatus(text: string): { commit: string | null; branch: string | null; changed: boolean } {
  const entries = text.split('\0').filter(Boolean);
  const header = (name: string) => {
    const start = `# branch.${name} `;
    const value = entries.find((entry) => entry.startsWith(start))?.slice(start.length);
    return value === undefined || value.startsWith('(') ? null : value;
  };
  return {
    commit: header('oid'),
    branch: header('head'),
    changed: entries.some((entry) => !entry.startsWith('# ')),
  };
}
