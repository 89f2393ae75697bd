import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CrisolError } from '../../base/errors.ts';
import { ArtifactRoots } from './artifact-roots.ts';
import { openDatabase } from './database/database-source.ts';
import { FolderSource } from './folder/folder-source.ts';
import type { Problems } from './problems.ts';
import type { Source } from './source.ts';
import { Tree } from './tree.ts';

export type { Problem } from './problems.ts';
export { Problems } from './problems.ts';
export type * from './source.ts';
export { PART } from './source.ts';

export interface OpenOptions {
  problems: Problems;
  /** where the files of runs are; for a folder that is the folder itself, too */
  artifacts?: string;
  /** how long a database that somebody writes to is waited for */
  patienceMs?: number;
}

/** A store of MLflow: its folder `mlruns`, or its SQLite file. */
export function openSource(path: string, { problems, artifacts, patienceMs }: OpenOptions): Source {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new CrisolError('FILE_NOT_FOUND', `There is no ${path}.`);
  const named = artifacts === undefined ? [] : [treeAt(artifacts, problems)];
  if (found.isDirectory()) return openFolder(path, problems, named);
  const beside = ['mlartifacts', 'mlruns'].map((name) => join(dirname(resolve(path)), name));
  const trees = named.length > 0 ? named : beside.filter(isFolder).map((folder) => new Tree(folder, problems));
  return openDatabase(path, { problems, roots: new ArtifactRoots(trees), patienceMs });
}

function openFolder(path: string, problems: Problems, named: Tree[]): Source {
  const tree = new Tree(path, problems);
  if (FolderSource.fits(tree)) return new FolderSource({ tree, roots: new ArtifactRoots([tree, ...named]) });
  const instead = ['mlruns', 'mlflow.db'].map((name) => join(path, name)).find((candidate) => existsSync(candidate));
  const hint = instead === undefined ? undefined : `Did you mean ${instead}?`;
  throw new CrisolError('IMPORT_SOURCE_INVALID', `${path} holds no experiments of MLflow.`, { hint });
}

function treeAt(folder: string, problems: Problems): Tree {
  if (isFolder(folder)) return new Tree(folder, problems);
  throw new CrisolError('FILE_NOT_FOUND', `There is no folder ${folder}.`);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
