import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ArtifactPlace } from './source.ts';
import type { Tree } from './tree.ts';

const NONE: ArtifactPlace = { kind: 'none' };

/**
 * Finds the files of runs below the folders that the user named. A store may have moved since, and says where its files were:
 * then the end of that path, such as `1/RUN/artifacts`, is looked for.
 */
export class ArtifactRoots {
  private readonly trees: readonly Tree[];

  constructor(trees: readonly Tree[]) {
    this.trees = trees;
  }

  /** `own`: where they are if the store is where it was made */
  find(uri: string, own?: string): ArtifactPlace {
    const tails = own === undefined ? [] : [own];
    const path = pathOf(uri);
    if (path === undefined) return this.folderAt(tails) ?? { kind: 'elsewhere', uri };
    const segments = path.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
    tails.push(path, ...[4, 3, 2].map((count) => segments.slice(-count).join('/')));
    return this.folderAt(tails) ?? (isAbsolute(path) && existsSync(path) ? { kind: 'elsewhere', uri } : NONE);
  }

  private folderAt(paths: readonly string[]): ArtifactPlace | undefined {
    for (const path of paths) {
      for (const tree of this.trees) {
        const folder = isAbsolute(path) ? path : join(tree.root, path);
        if (tree.isFolder(folder)) return { kind: 'folder', tree, folder: resolve(folder) };
      }
    }
    return undefined;
  }
}

/** Whether only a bucket or another server can say what is there. */
export function isRemote(uri: string): boolean {
  return pathOf(uri) === undefined;
}

function pathOf(uri: string): string | undefined {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]+):(.*)$/i.exec(uri) ?? [];
  if (scheme === '') return uri;
  if (scheme === 'mlflow-artifacts') return rest.replace(/^\/+/, '');
  return scheme === 'file' ? pathOfFile(uri, rest) : undefined;
}

/** Old stores wrote addresses such as `file:C:/x`, which no library takes. */
function pathOfFile(uri: string, rest: string): string {
  try {
    return fileURLToPath(uri);
  } catch {
    return rest;
  }
}
