/** What lies at a path of the workspace: equal digests mean equal content. `null`: nothing is there. */
export type PathDigest =
  | { kind: 'file'; sha256: string; bytes: number; executable: boolean }
  | { kind: 'folder'; sha256: string; bytes: number; files: number }
  /** links are not followed: where it leads to is all that counts */
  | { kind: 'link'; target: string }
  | null;

/** What differs between two contents of a folder. */
export interface FileChange {
  /** below the folder */
  path: string;
  change: 'added' | 'removed' | 'modified';
}

/** Sizes follow from the content, and say nothing of their own. */
export function isSameDigest(one: PathDigest, other: PathDigest): boolean {
  return identityOf(one) === identityOf(other);
}

/** A text that is equal when the content is. */
export function identityOf(digest: PathDigest): string {
  if (digest === null) return 'nothing';
  if (digest.kind === 'link') return `link ${digest.target}`;
  const executable = digest.kind === 'file' && digest.executable ? ' executable' : '';
  return `${digest.kind} ${digest.sha256}${executable}`;
}
