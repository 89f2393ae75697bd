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

function nearest(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'crisol.yaml')) || existsSync(join(folder, STATE_FOLDER))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
