import { systemClock } from '../../../daemon/base/clock.ts';
import type { Files, FilesOptions } from '../../../daemon/files/index.ts';
import { createFiles } from '../../../daemon/files/index.ts';
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
  async reopen(): Promise<void> {
    await this.files.dispose();
    this.files = this.open();
  }

  async digest(path: string) {
    return (await this.files.digest([path])).get(path) ?? null;
  }

  async end(): Promise<void> {
    await this.files.dispose();
    this.dispose();
  }

  private open(): Files {
    const folder = this.path('.crisol', 'cache');
    return createFiles({ workspace: this.folder, folder, umask: 0o022, clock: systemClock, ...this.options });
  }
}
