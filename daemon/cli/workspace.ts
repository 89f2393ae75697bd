import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { STATE_FOLDER } from '../../schemas/state-folder.ts';
import { CrisolError } from '../base/errors.ts';

/** `--workspace`, else the nearest folder with a crisol.yaml or .crisol, else the current one. */
export function findWorkspace(asked: string | undefined, here = process.cwd()): string {
  if (asked === undefined) return realpathSync.native(nearest(here) ?? here);
  const folder = resolve(here, asked);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CrisolError('FILE_NOT_FOUND', `There is no folder ${folder}.`, { hint: 'Check the path.' });
  }
  return realpathSync.native(folder);
}

/** The same, for whoever asks what a project has: where there is none, nobody wants a store. */
export function findProject(asked: string | undefined, here = process.cwd()): string {
  const folder = findWorkspace(asked, here);
  if (isProject(folder)) return folder;
  const where = asked === undefined ? `${folder} or above it` : folder;
  throw new CrisolError('FILE_NOT_FOUND', `There is no crisol.yaml in ${where}.`, {
    hint: 'Go to the folder of your project, or name it with --workspace.',
  });
}

function nearest(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (isProject(folder)) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** A script that only logs needs no crisol.yaml. */
function isProject(folder: string): boolean {
  return existsSync(join(folder, 'crisol.yaml')) || existsSync(join(folder, STATE_FOLDER));
}
