import { createHash } from 'node:crypto';
import { filesAt } from './globs.ts';

/** Of each path what tells its content, null when nothing is there. */
export interface Contents {
  digest(
    paths: readonly string[],
    options?: { signal?: AbortSignal; throughLinks?: boolean },
  ): Promise<ReadonlyMap<string, object | null>>;
}

interface Looking {
  workspace: string;
  contents: Contents;
  signal?: AbortSignal;
}

/** One word for all that lies at these paths: the same as long as names and contents are; null when nothing is there. */
export async function contentAt(
  paths: readonly string[],
  { workspace, contents, signal }: Looking,
): Promise<string | null> {
  const named = await Promise.all(paths.map((path) => filesAt(workspace, path)));
  const files = [...new Set(named.flat())];
  const digests = await contents.digest(files, { signal, throughLinks: true });
  const there = files.filter((file) => digests.get(file) != null);
  if (there.length === 0) return null;
  const words = there.map((file) => [file, digests.get(file)]);
  return createHash('sha256').update(JSON.stringify(words)).digest('hex');
}
