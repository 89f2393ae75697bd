import type { GitState } from '../../../../schemas/wire/run-source.ts';
import { git } from '../../../base/git.ts';
import { repositoryAround } from '../../../base/git-repository.ts';
import { withoutOwnFilters } from './filters.ts';
import { BUT_SECRETS, holdsSecrets } from './secret-files.ts';
import { asAdditions } from './untracked.ts';

const MOST_DIFF_BYTES = 1024 * 1024;
const MOST_LIST_BYTES = 256 * 1024;
const MOST_UNTRACKED = 200;
/** A submodule has settings of its own; which commit of it is used is seen without looking inside. */
const OUTSIDE_OF_SUBMODULES = '--ignore-submodules=dirty';

/** `root` is the repository's folder, with all links resolved. */
export type WorkingTree = GitState & { root: string };

/** The repository that the folder is in, as it is now. Undefined when there is none. */
export async function readWorkingTree(folder: string): Promise<WorkingTree | undefined> {
  const root = repositoryAround(folder);
  const quiet = root === undefined ? undefined : await withoutOwnFilters(folder);
  if (root === undefined || quiet === undefined) return undefined;
  const seen = ['--porcelain=v2', '--branch', '--untracked-files=no', OUTSIDE_OF_SUBMODULES, '-z'];
  const [status, others] = await Promise.all([
    git(folder, [...quiet, 'status', ...seen], MOST_LIST_BYTES),
    git(folder, ['ls-files', '--others', '--exclude-standard', '-z'], MOST_LIST_BYTES),
  ]);
  if (!status || !others) return undefined;
  const { commit, branch, changed, secret } = readStatus(status.text);
  const untracked = others.text.split('\0').filter(Boolean);
  const diff = changed && commit ? await changes(folder, quiet) : { text: '', complete: !changed };
  const added = await asAdditions(folder, root, untracked, MOST_DIFF_BYTES - diff.text.length);
  return {
    root,
    commit,
    branch,
    dirty: changed || untracked.length > 0,
    diff: diff.text + added.text,
    diff_complete: !secret && diff.complete && added.complete && others.complete,
    untracked: untracked.slice(0, MOST_UNTRACKED),
  };
}

async function changes(folder: string, quiet: readonly string[]): Promise<{ text: string; complete: boolean }> {
  const plain = ['--no-ext-diff', '--no-textconv', '--no-color', '--no-relative', '--src-prefix=a/', '--dst-prefix=b/'];
  const outside = ['--submodule=short', OUTSIDE_OF_SUBMODULES];
  const found = await git(folder, [...quiet, 'diff', ...plain, ...outside, 'HEAD', ...BUT_SECRETS], MOST_DIFF_BYTES);
  if (!found) return { text: '', complete: false };
  const { text, complete } = found;
  // of binary files it says only that they differ
  return { text, complete: complete && !/^Binary files /m.test(text) };
}

interface Status {
  commit: string | null;
  branch: string | null;
  changed: boolean;
  /** among what changed is a file that is not read */
  secret: boolean;
}

/** `# branch.oid …` and `# branch.head …`, then what changed: a line of facts that ends with the path. */
function readStatus(text: string): Status {
  const entries = text.split('\0').filter(Boolean);
  const header = (name: string) => {
    const start = `# branch.${name} `;
    const value = entries.find((entry) => entry.startsWith(start))?.slice(start.length);
    return value === undefined || value.startsWith('(') ? null : value;
  };
  const changes = entries.filter((entry) => !entry.startsWith('# '));
  return {
    commit: header('oid'),
    branch: header('head'),
    changed: changes.length > 0,
    secret: changes.some((entry) => holdsSecrets(entry.slice(entry.lastIndexOf(' ') + 1))),
  };
}
