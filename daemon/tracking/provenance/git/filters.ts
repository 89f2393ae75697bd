import { git } from '../../../base/git.ts';

const MOST_BYTES = 64 * 1024;

/**
 * Arguments with which git runs no program that the repository itself names for its files: whoever unpacks an archive has not
 * agreed to those. The user's own, such as those of git-lfs, stay. Undefined when they cannot be kept from running.
 */
export async function withoutOwnFilters(folder: string): Promise<string[] | undefined> {
  const wanted = ['--name-only', '--get-regexp', '^filter\\..*\\.(clean|smudge|process|required)$'];
  const found = await git(folder, ['config', '--show-scope', '-z', ...wanted], MOST_BYTES);
  // git fails when there are none
  if (!found) return [];
  const parts = found.text.split('\0');
  const own = parts.filter((_part, at) => at % 2 === 1 && /^(local|worktree)$/.test(parts[at - 1] ?? ''));
  // git would end the name at its first equals sign
  if (!found.complete || own.some((name) => name.includes('='))) return undefined;
  return own.flatMap((name) => ['-c', `${name}=${name.endsWith('.required') ? 'false' : ''}`]);
}
