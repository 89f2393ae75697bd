import type { FSWatcher } from 'node:fs';
import { existsSync, statSync, watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { foldersAbove } from '../../../schemas/language/values/paths.ts';
import type { Disposable } from '../../base/disposables.ts';
import { fixedPart, NEVER_DATA } from '../../files/index.ts';
import { unwatchedInWords } from './unwatched.ts';

/** Each costs the system something; whoever has more keeps a file beside them that is written last, and names that. */
const MOST_FOLDERS = 1000;

/** Tells when something may have changed at some paths or below them, also at those that are not there yet. */
export class FolderWatch implements Disposable {
  private readonly workspace: string;
  private readonly paths: readonly string[];
  private readonly changed: () => void;
  private readonly watchers = new Map<string, { watcher: FSWatcher; place: string }>();
  private closed = false;
  private tooMany: string | null = null;
  /** folders that are there, and that the system does not let us watch or read; with its code for why */
  private readonly unwatched = new Map<string, string>();

  constructor(workspace: string, paths: readonly string[], changed: () => void) {
    this.workspace = workspace;
    this.paths = paths.map((path) => fixedPart(path).folder);
    this.changed = changed;
  }

  /** What of it is not watched, in words. */
  get problem(): string | null {
    return unwatchedInWords(this.unwatched) ?? this.tooMany;
  }

  /** Nobody tells when this can be mended: whoever needs to know has to look again. */
  get isBlind(): boolean {
    return this.unwatched.size > 0;
  }

  /** The paths where nothing is. */
  get gone(): string[] {
    return this.paths.filter((path) => !existsSync(join(this.workspace, path)));
  }

  /** Watches the folders that are there now: called at first, and whenever something has changed. */
  async renew(): Promise<void> {
    const wanted = new Set(this.paths.flatMap((path) => ['', ...foldersAbove(path)]));
    let tooMany: string | null = null;
    this.unwatched.clear();
    for (const path of this.paths) {
      const room = MOST_FOLDERS - wanted.size;
      const inside = await this.foldersIn(path, room);
      for (const folder of inside.slice(0, Math.max(room, 0))) wanted.add(folder);
      if (inside.length > room)
        tooMany = `${path} has more than ${MOST_FOLDERS} folders: changes in the others go unseen`;
    }
    if (this.closed) return;
    this.tooMany = tooMany;
    for (const folder of this.watchers.keys()) if (!wanted.has(folder)) this.forget(folder);
    for (const folder of wanted) this.watchAgain(folder);
  }

  dispose(): void {
    this.closed = true;
    for (const folder of this.watchers.keys()) this.forget(folder);
  }

  /** This folder and those below it; none where a file is, or nothing. Links are not followed. */
  private async foldersIn(folder: string, most: number): Promise<string[]> {
    const found: string[] = [];
    const ahead = [folder === '.' ? '' : folder];
    for (let next = ahead.shift(); next !== undefined && found.length <= most; next = ahead.shift()) {
      const entries = await readdir(join(this.workspace, next), { withFileTypes: true }).catch((failure: unknown) =>
        this.notWatched(next, failure),
      );
      if (!entries) continue;
      found.push(next);
      for (const entry of entries) {
        if (entry.isDirectory() && !NEVER_DATA.includes(entry.name)) {
          ahead.push(next === '' ? entry.name : `${next}/${entry.name}`);
        }
      }
    }
    return found;
  }

  /** A folder that was removed and made again is another one: whoever watched the old one hears nothing. */
  private watchAgain(folder: string): void {
    const place = placeOf(join(this.workspace, folder));
    if (this.watchers.get(folder)?.place === place) return;
    this.forget(folder);
    if (place !== null) this.watch(folder, place);
  }

  private watch(folder: string, place: string): void {
    try {
      // folders, not files: who writes with care renames another file over the old one
      const watcher = watch(join(this.workspace, folder), (_event, name) => {
        if (this.concerns(folder, name)) this.changed();
      });
      watcher.on('error', () => {
        if (this.watchers.get(folder)?.watcher === watcher) this.forget(folder);
        this.changed();
      });
      this.watchers.set(folder, { watcher, place });
    } catch (failure) {
      this.notWatched(folder, failure);
    }
  }

  private notWatched(folder: string, failure: unknown): void {
    const code = codeOf(failure);
    // gone at this moment, or a file: the folder above it tells when it is another
    if (code !== 'ENOENT' && code !== 'ENOTDIR') this.unwatched.set(folder, code);
  }

  /** On the way to a path only the next folder counts. */
  private concerns(folder: string, name: string | null): boolean {
    if (name === null) return true;
    const path = folder === '' ? name : `${folder}/${name}`;
    if (NEVER_DATA.includes(name)) return false;
    return this.paths.some(
      (wanted) => wanted === '.' || path === wanted || path.startsWith(`${wanted}/`) || wanted.startsWith(`${path}/`),
    );
  }

  private forget(folder: string): void {
    this.watchers.get(folder)?.watcher.close();
    this.watchers.delete(folder);
  }
}

/** Numbers of files are used again, but not at the same time. */
function placeOf(folder: string): string | null {
  const found = statSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() ? `${found.ino} ${found.birthtimeMs}` : null;
}

const codeOf = (failure: unknown): string =>
  failure instanceof Error && 'code' in failure ? String(failure.code) : 'unknown';
