import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Where the files of one attempt of a step lie. */
export interface StepPlace {
  folder: string;
  /** what it prints, as it is */
  log: string;
  /** what happened to it, see journal.ts */
  journal: string;
}

/** Those of all attempts lie side by side: who makes room looks at one folder. */
export function placeOf(root: string, id: string): StepPlace {
  const path = join(root, nameOf(id));
  return { folder: root, log: `${path}.log`, journal: `${path}.jsonl` };
}

const PLAIN = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/;
const READABLE = 40;

/** Any text as a name that no file system refuses, bends or takes for another one: what is not plain gets its digest. */
function nameOf(text: string): string {
  if (PLAIN.test(text) && !DEVICES.test(text)) return text;
  const readable = text.replaceAll(/[^A-Za-z0-9_-]+/g, '_').slice(0, READABLE);
  return `${readable}~${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}
