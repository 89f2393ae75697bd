import type { Digest } from './digest.ts';

/** What lies at a path of the workspace; null: nothing. */
export type Found = Digest | null;

/** Sizes follow from the content, and say nothing of their own. */
export const isSame = (one: Found, other: Found): boolean => identityOf(one) === identityOf(other);

/** A text that is equal when all is that counts. */
export function identityOf(found: Found): string {
  if (found === null) return 'nothing';
  if (found.kind === 'link') return `link ${found.sha256} to ${identityOf(found.to)}`;
  if (found.kind === 'folder') return `folder ${found.sha256}${found.behind ? ` with ${found.behind}` : ''}`;
  return `file ${found.sha256}${found.executable ? ' executable' : ''}`;
}
