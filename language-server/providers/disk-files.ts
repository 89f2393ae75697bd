import { isUtf8 } from 'node:buffer';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { FileAnswer } from '../../schemas/language/project/files.ts';
import { LEADS_OUT, NOT_UTF8, whyNotRead } from '../../schemas/language/project/files.ts';
import { columnsIn } from './data/columns.ts';
import type { Column, Files, FolderEntry } from './files.ts';
import { codeOf, pathOf, placeOf } from './inside.ts';

const MOST_ENTRIES = 2000;

interface Looked<Answer> {
  root: string;
  file: string;
  answer: Answer | undefined;
  look(): Promise<Answer>;
  isQuiet: boolean;
  /** looked at again since: an earlier look tells nothing any more */
  turn: number;
}

/** The disk, read through node:fs and remembered until somebody says that it changed. */
export class DiskFiles implements Files {
  readonly #looked = new Map<string, Looked<unknown>>();
  #under = 0;
  #isNew = false;
  #listener = () => {};
  #waiting: (() => void)[] = [];

  read(folder: string, path: string): FileAnswer {
    return this.#ask('text', folder, path, textOf) ?? 'unknown';
  }

  stateOf(folder: string, path: string): 'there' | 'missing' | 'unknown' {
    return this.#ask('state', folder, path, stateOf) ?? 'unknown';
  }

  columnsOf(folder: string, path: string): readonly Column[] | null {
    return this.#ask('columns', folder, path, columnsIn, true) ?? null;
  }

  list(folder: string, path: string): readonly FolderEntry[] | null {
    return this.#ask('list', folder, path, entriesOf, true) ?? null;
  }

  isLooking(): boolean {
    return this.#under > 0;
  }

  settled(ms: number): Promise<void> {
    if (this.#under === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  onChange(listener: () => void): void {
    this.#listener = listener;
  }

  changed(addresses: readonly string[]): void {
    const files = addresses.flatMap((address) => pathOf(address) ?? []);
    const folders = new Set(files.map((file) => dirname(file)));
    for (const looked of this.#looked.values()) {
      const { file } = looked;
      const isMeant = folders.has(file) || files.some((other) => file === other || file.startsWith(`${other}${sep}`));
      if (isMeant) void this.#look(looked);
    }
  }

  keep(addresses: readonly string[]): void {
    const needed = new Set<string>();
    for (const address of addresses) {
      let folder = dirname(pathOf(address) ?? '/');
      for (; !needed.has(folder); folder = dirname(folder)) needed.add(folder);
    }
    for (const [key, { root }] of this.#looked) if (!needed.has(root)) this.#looked.delete(key);
  }

  #ask<Answer>(
    kind: string,
    folder: string,
    path: string,
    look: (root: string, file: string) => Promise<Answer>,
    isQuiet = false,
  ): Answer | undefined {
    const there = pathOf(folder);
    if (there === null) return undefined;
    const root = resolve(there);
    const file = join(root, path);
    const key = `${kind} ${root} ${file}`;
    const known = this.#looked.get(key) as Looked<Answer> | undefined;
    if (known) return known.answer;
    const looked: Looked<Answer> = { root, file, answer: undefined, look: () => look(root, file), isQuiet, turn: 0 };
    this.#looked.set(key, looked);
    void this.#look(looked);
    return undefined;
  }

  /** Those who wait hear once of all that was looked at in the meantime. */
  async #look<Answer>(looked: Looked<Answer>): Promise<void> {
    const turn = ++looked.turn;
    this.#under++;
    const answer = await looked.look().catch(() => undefined);
    this.#under--;
    if (turn === looked.turn && JSON.stringify(answer) !== JSON.stringify(looked.answer)) {
      looked.answer = answer;
      // what only completion needs changes nothing that is shown
      this.#isNew ||= !looked.isQuiet;
    }
    if (this.#under > 0) return;
    for (const goOn of this.#waiting.splice(0)) goOn();
    if (!this.#isNew) return;
    this.#isNew = false;
    this.#listener();
  }
}

async function textOf(root: string, file: string): Promise<FileAnswer> {
  const where = await placeOf(root, file);
  if (where !== 'inside') return where === 'outside' ? LEADS_OUT : where;
  const refused = whyNotRead(await stat(file));
  if (refused) return refused;
  try {
    const bytes = await readFile(file);
    return isUtf8(bytes) ? { text: bytes.toString('utf8') } : NOT_UTF8;
  } catch (failure) {
    return { problem: `cannot be read (${codeOf(failure)})` };
  }
}

async function stateOf(root: string, file: string): Promise<'there' | 'missing' | 'unknown'> {
  const where = await placeOf(root, file);
  return where === 'inside' ? 'there' : where === 'missing' ? 'missing' : 'unknown';
}

async function entriesOf(root: string, folder: string): Promise<FolderEntry[]> {
  if ((await placeOf(root, folder)) !== 'inside') return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.slice(0, MOST_ENTRIES).map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
}
