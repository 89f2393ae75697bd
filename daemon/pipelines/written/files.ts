import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const MOST_FILES = 1_000;

export interface FoundFile {
  /** from the workspace, `/` between folders */
  path: string;
  /** when it was written */
  at: number;
  /** below which folder of `metrics` or `plots` it was found; null when it is named itself */
  folder: string | null;
}

/** The files that a step names, and those in folders that it names; what is not there is left out, links lead nowhere. */
export async function filesAt(workspace: string, paths: readonly string[]): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const path of paths) {
    const there = await stat(join(workspace, path)).catch(() => undefined);
    if (there?.isFile()) found.push({ path, at: Math.round(there.mtimeMs), folder: null });
    if (there?.isDirectory()) found.push(...(await filesBelow(workspace, path)));
  }
  return found;
}

async function filesBelow(workspace: string, folder: string): Promise<FoundFile[]> {
  const entries = await readdir(join(workspace, folder), { withFileTypes: true, recursive: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const paths = names.map((name) => name.slice(join(workspace, '/').length).replaceAll('\\', '/')).sort();
  return Promise.all(
    paths.slice(0, MOST_FILES).map(async (path) => {
      return { path, at: Math.round((await stat(join(workspace, path))).mtimeMs), folder };
    }),
  );
}
