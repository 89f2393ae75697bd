/** Codes of systems for limits of the user, and what raises them. */
const LIMITS: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'fs.inotify.max_user_watches'],
  ['EMFILE', 'fs.inotify.max_user_instances'],
]);

/** What is wrong and what to do; null when all folders are watched. */
export function unwatchedInWords(unwatched: ReadonlyMap<string, string>): string | null {
  const [first] = unwatched;
  if (!first) return null;
  const [folder, code] = first;
  const which = namesOf(folder, unwatched.size - 1);
  const limit = LIMITS.get(code);
  if (limit !== undefined) {
    return `the system watches no more folders for this user (${code}): changes in ${which} are seen late, within an hour; raise its limit ${limit}`;
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return `${which} may not be read: what changes there goes unseen; give yourself the right to read it`;
  }
  return `the system does not watch ${which} (${code}): changes there are seen late, within an hour`;
}

function namesOf(folder: string, others: number): string {
  const name = folder === '' ? 'the workspace' : folder;
  return others > 0 ? `${name} and ${others} more` : name;
}
