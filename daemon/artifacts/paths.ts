import { CrisolError } from '../base/errors.ts';

/** What file systems take, so that whatever is kept here can be downloaded to one. */
const MAX_NAME_BYTES = 255;
const MAX_PATH_BYTES = 4096;

/** Where a file or folder lies: `1/RUN/artifacts/model` and `MLmodel`. */
export interface Place {
  folder: string;
  name: string;
}

/** The names along a path such as `1/RUN/artifacts/model/MLmodel`. Throws when it could mean another place anywhere. */
export function namesOf(path: string): string[] {
  const names = path.split('/');
  if (Buffer.byteLength(path) > MAX_PATH_BYTES || !names.every(isName) || isDrive(names[0])) throw invalidPath();
  return names;
}

export function placeOf(path: string): Place {
  const names = namesOf(path);
  return { folder: names.slice(0, -1).join('/'), name: names.at(-1) ?? '' };
}

/** Each folder above a place, from the top down; the top itself is no row. */
export function foldersAbove({ folder }: Place): Place[] {
  const names = folder === '' ? [] : folder.split('/');
  return names.map((name, at) => ({ folder: names.slice(0, at).join('/'), name }));
}

export function pathOf({ folder, name }: Place): string {
  return folder === '' ? name : `${folder}/${name}`;
}

export function invalidPath(): CrisolError {
  return new CrisolError('INVALID_PARAMETER_VALUE', 'Invalid path');
}

function isName(name: string): boolean {
  if (name === '' || name === '.' || name === '..') return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is about these
  return !/[\\\x00-\x1f\x7f]/.test(name) && name.isWellFormed() && Buffer.byteLength(name) <= MAX_NAME_BYTES;
}

/** `C:`, from which Windows would start anew */
function isDrive(name = ''): boolean {
  return /^[a-z]:/i.test(name);
}
