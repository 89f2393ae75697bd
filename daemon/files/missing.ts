/** Nothing is at the path, or not along the path. */
export function isMissing(failure: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(failure));
}

/** What the system calls a failure; empty for any other. */
export function codeOf(failure: unknown): string {
  return failure instanceof Error && 'code' in failure ? String(failure.code) : '';
}
