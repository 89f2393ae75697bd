import { createHash } from 'node:crypto';
import { CrisolError } from '../base/errors.ts';

const MAX_CHARACTERS = 256;

/** MLflow's rules: any letters, but nothing that could be taken for a path or a reference. */
export function checkModelName(name: string): string {
  if (name.trim() === '') throw refusal("Missing value for required parameter 'name'.");
  if (/[/:]/.test(name)) throw refusal(`Invalid model name '${name}'. Names cannot contain '/' or ':'.`);
  if (name === '.' || name.startsWith('..'))
    throw refusal(`Invalid model name '${name}'. It would mean another folder.`);
  if ([...name].length > MAX_CHARACTERS) {
    throw refusal(`The model's name exceeds the maximum length of ${MAX_CHARACTERS} characters.`);
  }
  return name;
}

function refusal(message: string): CrisolError {
  return new CrisolError('INVALID_PARAMETER_VALUE', message);
}

const PLAIN = /^[a-z0-9][a-z0-9_-]{0,80}$/;
/** Windows keeps these for devices, whatever follows the first dot. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * The folder of a model. Plain names are kept; others get a hash of the name, so that two names that differ in nothing but case
 * or accents do not meet in one folder, and none is too long or means something to a file system.
 */
export function folderOf(name: string): string {
  if (PLAIN.test(name) && !RESERVED.test(name)) return name;
  const readable = name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .slice(0, 60);
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return `m~${readable}~${hash}`;
}

/** A model that was renamed, or deleted while it was served, still has the folder of its first name. */
export function freeFolder(name: string, isTaken: (folder: string) => boolean): string {
  const folder = folderOf(name);
  if (!isTaken(folder)) return folder;
  let count = 2;
  while (isTaken(`${folder}~${count}`)) count++;
  return `${folder}~${count}`;
}
