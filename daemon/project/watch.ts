import type { FSWatcher } from 'node:fs';
import { watch } from 'node:fs';
import { join } from 'node:path';
import type { Disposable } from '../base/disposables.ts';

/** Tells when one of some files of a folder changes, comes or goes, and when a folder on the way to it does. */
export class FileWatch implements Disposable {
  private readonly folder: string;
  private readonly changed: () => void;
  private readonly watchers = new Map<string, FSWatcher>();
  private names = new Map<string, Set<string>>();

  constructor(folder: string, changed: () => void) {
    this.folder = folder;
    this.changed = changed;
  }

  /** From now on these, by their paths from the folder. */
  follow(paths: Iterable<string>): void {
    this.names = namesByFolder(paths);
    for (const [folder, watcher] of this.watchers) if (!this.names.has(folder)) this.forget(folder, watcher);
    for (const folder of this.names.keys()) if (!this.watchers.has(folder)) this.watch(folder);
  }

  dispose(): void {
    for (const [folder, watcher] of this.watchers) this.forget(folder, watcher);
  }

  private watch(folder: string): void {
    try {
      // folders, not files: editors replace a file by renaming another one over it
      const watcher = watch(join(this.folder, folder), (_event, name) => {
        if (name === null || this.names.get(folder)?.has(name)) this.changed();
      });
      // a folder that is gone is watched anew once it is there again
      this.watchers.set(
        folder,
        watcher.on('error', () => this.forget(folder, watcher)),
      );
    } catch {
      // it may not be there yet, or the system may have no watches left; each plan reads the files anew anyway
    }
  }

  private forget(folder: string, watcher: FSWatcher): void {
    watcher.close();
    if (this.watchers.get(folder) === watcher) this.watchers.delete(folder);
  }
}

/** Of `a/b/c.yaml`: `a` in the folder itself, `b` in `a`, `c.yaml` in `a/b`. */
function namesByFolder(paths: Iterable<string>): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (const path of paths) {
    const parts = path.split('/');
    parts.forEach((name, at) => {
      const folder = parts.slice(0, at).join('/');
      names.set(folder, (names.get(folder) ?? new Set()).add(name));
    });
  }
  return names;
}
