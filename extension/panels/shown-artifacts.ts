import type { ArtifactNews } from '../../schemas/panels/artifact-news.ts';
import { touchesFile, touchesFolder } from '../../schemas/panels/artifact-news.ts';
import type { Clock } from '../daemon/clock.ts';

/** A script that logs a thousand files a second has its folders read four times a second. */
const READ_AGAIN_MS = 250;

export interface ShownArtifactsParts {
  clock: Clock;
  readFolder(folder: string): Promise<void>;
  readFile(path: string, insist: boolean): Promise<void>;
}

/** What a panel shows of a run's files, read anew when the daemon says that it changed. */
export class ShownArtifacts {
  private readonly parts: ShownArtifactsParts;
  private readonly folders = new Set<string>();
  private file: { path: string; insist: boolean } | undefined;
  private readonly stale = new Set<string>();
  private fileIsStale = false;
  private cancel: (() => void) | undefined;

  constructor(parts: ShownArtifactsParts) {
    this.parts = parts;
  }

  showFolder(folder: string): Promise<void> {
    this.folders.add(folder);
    return this.parts.readFolder(folder);
  }

  showFile(path: string, insist: boolean): Promise<void> {
    this.file = { path, insist };
    return this.parts.readFile(path, insist);
  }

  /** The panel knows nothing any more, and asks for what it shows. */
  forget(): void {
    this.folders.clear();
    this.file = undefined;
  }

  changed(news: ArtifactNews): void {
    for (const folder of this.folders) if (touchesFolder(news, folder)) this.stale.add(folder);
    if (this.file && touchesFile(news, this.file.path)) this.fileIsStale = true;
    this.readSoon();
  }

  /** Something may have been missed. */
  allChanged(): void {
    for (const folder of this.folders) this.stale.add(folder);
    this.fileIsStale = this.file !== undefined;
    this.readSoon();
  }

  dispose(): void {
    this.cancel?.();
    this.forget();
    this.stale.clear();
  }

  private readSoon(): void {
    if (this.stale.size > 0 || this.fileIsStale)
      this.cancel ??= this.parts.clock.after(READ_AGAIN_MS, () => void this.readAgain());
  }

  private async readAgain(): Promise<void> {
    const folders = [...this.stale].filter((folder) => this.folders.has(folder));
    const file = this.fileIsStale ? this.file : undefined;
    this.stale.clear();
    this.fileIsStale = false;
    for (const folder of folders) await this.parts.readFolder(folder);
    if (file && file === this.file) await this.parts.readFile(file.path, file.insist);
    this.cancel = undefined;
    this.readSoon();
  }
}
