import type { Dirent } from 'node:fs';
import { closeSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { messageOf } from '../../base/errors.ts';
import type { Problems } from './problems.ts';

const MOST_BYTES = 32 * 1024 * 1024;
const READ_AT_ONCE = 256 * 1024;

export interface Entry {
  name: string;
  path: string;
  kind: 'file' | 'folder';
}

/** A folder that somebody else wrote: nothing is read but what truly lies in it, whatever links say. */
export class Tree {
  readonly root: string;
  private readonly problems: Problems;

  constructor(root: string, problems: Problems) {
    this.root = realpathSync(root);
    this.problems = problems;
  }

  /** How a path is called in messages. */
  named(path: string): string {
    return relative(this.root, path) || '.';
  }

  note(path: string, reason: string): void {
    this.problems.note(this.named(path), reason);
  }

  isFolder(path: string): boolean {
    const real = this.real(path);
    return real !== undefined && (statSync(real, { throwIfNoEntry: false })?.isDirectory() ?? false);
  }

  isFile(path: string): boolean {
    const real = this.real(path);
    return real !== undefined && (statSync(real, { throwIfNoEntry: false })?.isFile() ?? false);
  }

  /** What is in a folder, by name; nothing when there is none. Links that lead out, and links to folders, are noted. */
  entries(folder: string): Entry[] {
    const real = this.real(folder);
    if (real === undefined) return [];
    const found = this.attempt(folder, () => readdirSync(real, { withFileTypes: true })) ?? [];
    return found
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const path = join(folder, entry.name);
        const kind = this.kindOf(entry, path);
        return kind ? [{ name: entry.name, path, kind }] : [];
      });
  }

  folders(folder: string): Entry[] {
    return this.entries(folder).filter(({ kind }) => kind === 'folder');
  }

  /** Every file below a folder; its name is the way to it, with slashes. */
  *files(folder: string, below = ''): Iterable<Entry> {
    for (const entry of this.entries(folder)) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.kind === 'folder') yield* this.files(entry.path, name);
      else yield { ...entry, name };
    }
  }

  /** The whole text of a file; undefined when it cannot be read, which is noted. */
  text(path: string): string | undefined {
    return this.attempt(path, () => {
      const real = this.realOrThrow(path);
      if (statSync(real).size > MOST_BYTES) throw new Error(`It has over ${MOST_BYTES / 1024 / 1024} MB.`);
      return decode(readFileSync(real));
    });
  }

  /** A file's lines, of which at most some hundred kilobytes are in memory; `isWhole` is false for one that has no end. */
  *lines(path: string): Iterable<{ line: string; isWhole: boolean }> {
    const file = this.attempt(path, () => openSync(this.realOrThrow(path), 'r'));
    if (file === undefined) return;
    try {
      const buffer = Buffer.alloc(READ_AT_ONCE);
      let rest = '';
      for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
        const lines = (rest + buffer.toString('latin1', 0, read)).split('\n');
        rest = lines.pop() ?? '';
        if (rest.length > MOST_BYTES) throw new Error('A line without end.');
        for (const line of lines) yield { line, isWhole: true };
      }
      if (rest !== '') yield { line: rest, isWhole: false };
    } catch (failure) {
      this.note(path, messageOf(failure));
    } finally {
      closeSync(file);
    }
  }

  /** Where a path truly leads; undefined when that is nowhere, or out of the tree. */
  real(path: string): string | undefined {
    try {
      const real = realpathSync(path);
      return isInside(this.root, real) ? real : undefined;
    } catch {
      return undefined;
    }
  }

  private kindOf(entry: Dirent, path: string): Entry['kind'] | undefined {
    if (entry.isDirectory()) return 'folder';
    if (entry.isFile() || (entry.isSymbolicLink() && this.isFile(path))) return 'file';
    this.note(path, entry.isSymbolicLink() ? 'A link that is not followed.' : 'Neither a file nor a folder.');
    return undefined;
  }

  private realOrThrow(path: string): string {
    const real = this.real(path);
    if (real === undefined) throw new Error('It is not there, or leads out of the folder.');
    return real;
  }

  private attempt<T>(path: string, action: () => T): T | undefined {
    try {
      return action();
    } catch (failure) {
      this.note(path, messageOf(failure));
      return undefined;
    }
  }
}

export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error('It is no UTF-8 text.');
  }
}
