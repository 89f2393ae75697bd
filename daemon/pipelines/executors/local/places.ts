import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';

/** Where the files of one attempt of a step lie. */
export interface StepPlace {
  folder: string;
  /** what it prints, as it is */
  log: string;
  /** what happened to it, see journal.ts */
  journal: string;
}

/** An id becomes folders and a file, one a part: `run/step/1` lies in `run/step`. */
export function placeOf(root: string, id: string): StepPlace {
  const path = join(root, ...id.split('/').map(nameOf));
  return { folder: dirname(path), log: `${path}.log`, journal: `${path}.jsonl` };
}

const PLAIN = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/;
const READABLE = 40;

/**
 * Any text as a name that no file system refuses, bends or takes for another one: what is not plain gets its digest. There is
 * no dot in it, so that the folder of one id is never a file of another.
 */
function nameOf(text: string): string {
  if (PLAIN.test(text) && !DEVICES.test(text)) return text;
  const readable = text.replaceAll(/[^A-Za-z0-9_-]+/g, '_').slice(0, READABLE);
  return `${readable}~${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}
