import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';

/** Folders of a sweep's trials that are over: the next ones work in them, so that not each has to lay its own. */
export class Spares {
  private readonly folders: string[] = [];

  add(folder: string): void {
    this.folders.push(folder);
  }

  /** One that has a folder, of an earlier attempt, goes on in that. */
  async handOnTo(folder: string): Promise<void> {
    if (existsSync(folder)) return;
    const spare = this.folders.pop();
    // a folder that somebody has taken away is laid anew
    if (spare !== undefined) await rename(spare, folder).catch(() => {});
  }
}
