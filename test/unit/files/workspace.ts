import { systemClock } from '../../../daemon/base/clock.ts';
import type { Files, FilesOptions, FilesPlace } from '../../../daemon/files/index.ts';
import { createFiles, lookAhead } from '../../../daemon/files/index.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

/** A workspace and the room over it. */
export class FilesWorkspace extends TempWorkspace {
  files: Files;
  private readonly options: Partial<FilesOptions>;

  constructor(options: Partial<FilesOptions> = {}) {
    super();
    this.options = options;
    this.files = this.open();
  }

  /** As after another start of the daemon. */
  async reopen({ ahead = false } = {}): Promise<void> {
    await this.files.dispose();
    const { place } = this;
    this.files = this.open(ahead ? { ahead: lookAhead(place, systemClock) } : {});
  }

  async digest(path: string) {
    return (await this.files.digest([path])).get(path) ?? null;
  }

  async end(): Promise<void> {
    await this.files.dispose();
    this.dispose();
  }

  private get place(): FilesPlace {
    return { workspace: this.folder, folder: this.path('.crisol', 'cache'), umask: 0o022 };
  }

  private open(options: Partial<FilesOptions> = {}): Files {
    return createFiles({ ...this.place, clock: systemClock, ...this.options, ...options });
  }
}
