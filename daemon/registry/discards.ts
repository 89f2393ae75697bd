import type { ModelFiles } from './files.ts';
import type { Discarded, ModelRow } from './repository.ts';
import type { Shelf } from './shelf.ts';

export interface DiscardsParts {
  shelf: Shelf;
  files: ModelFiles;
  /** takes away what others were given of them */
  unpublish: (folder: string, version: number) => Promise<void>;
  /** whether somebody serves this version of a model */
  inUse: (model: string, version: number) => boolean;
}

/** Files of deleted versions: noted with the deletion, and removed as soon as nobody serves them. */
export class Discards {
  private readonly parts: DiscardsParts;
  private last: Promise<void> = Promise.resolve();

  constructor(parts: DiscardsParts) {
    this.parts = parts;
  }

  /** Inside the write that deletes the version. */
  note({ folder, name }: ModelRow, version: number): void {
    this.parts.shelf.repository.discard({ folder, version, model: name });
  }

  /**
   * What cannot be removed now is removed another time. One sweep after the other: what one has removed and forgotten may be the
   * folder of a new model, which must not be on another's list still.
   */
  sweep(inUse = this.parts.inUse): Promise<void> {
    const swept = this.last.then(() => this.removeFree(inUse));
    this.last = swept.catch(() => undefined);
    return swept;
  }

  private async removeFree(inUse: DiscardsParts['inUse']): Promise<void> {
    const { shelf } = this.parts;
    const free = shelf.repository.discarded().filter(({ model, version }) => !inUse(model, version));
    for (const one of free) {
      await this.remove(one).catch(() => {});
    }
  }

  private async remove(one: Discarded): Promise<void> {
    const { shelf, files, unpublish } = this.parts;
    await unpublish(one.folder, one.version);
    await files.remove(one.folder, one.version);
    await shelf.write(() => shelf.repository.forgetDiscarded(one));
  }
}
