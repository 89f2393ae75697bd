import type { Writer } from '../writer.ts';
import type { Kind, RemovalRepository } from './repository.ts';

export type { Kind } from './repository.ts';

export interface Deleted {
  kind: Kind;
  id: string;
  name: string;
  /** the run itself, or the one that logged the model */
  run_id: string;
  experiment_id: string;
  /** where its experiment keeps artifacts, if somebody said so */
  artifact_location: string | null;
}

export interface RemovalOptions {
  choose: (deleted: Deleted) => boolean;
  /** what goes with it in the same commit */
  along: (deleted: Deleted) => void;
}

interface Numbered extends Deleted {
  no: number;
}

/** So many go in one write: others are served between two of them. */
const BATCH = 25;

/** Takes deleted runs, models and experiments away for good, with all that was logged to them. Their names are free then. */
export class Removal {
  private readonly writer: Writer;
  private readonly repository: RemovalRepository;

  constructor(writer: Writer, repository: RemovalRepository) {
    this.writer = writer;
    this.repository = repository;
  }

  /** What was deleted at this time or before it: runs and models first, then the experiments that they were in. */
  deleted(before: number): Deleted[] {
    return this.numbered(before);
  }

  /** Unless they were restored meanwhile. Answers what went. */
  async remove(before: number, { choose, along }: RemovalOptions): Promise<Deleted[]> {
    const chosen = this.numbered(before).filter(choose);
    const removed: Deleted[] = [];
    for (let at = 0; at < chosen.length; at += BATCH) {
      const batch = chosen.slice(at, at + BATCH);
      removed.push(...(await this.writer.write(() => batch.filter((one) => this.removeOne(one, before, along)))));
    }
    return removed;
  }

  private removeOne(deleted: Numbered, before: number, along: (deleted: Deleted) => void): boolean {
    const isGone = this.repository.remove(deleted.kind, { no: deleted.no, before });
    if (isGone) along(deleted);
    return isGone;
  }

  private numbered(before: number): Numbered[] {
    const kinds: Kind[] = ['runs', 'models', 'experiments'];
    return kinds.flatMap((kind) =>
      this.repository.deleted(kind, before).map(({ experiment_id, ...row }) => {
        return { kind, ...row, experiment_id: String(experiment_id) };
      }),
    );
  }
}
