import { mkdirSync } from 'node:fs';
import { newWatch } from '../../../../daemon/files/jobs/watch.ts';
import { Crew } from '../../../../daemon/files/keeper/crew.ts';
import { Disks } from '../../../../daemon/files/looking/disks.ts';
import { loadKnown, saveKnown } from '../../../../daemon/files/looking/index-file.ts';
import { Known } from '../../../../daemon/files/looking/known.ts';
import type { Look } from '../../../../daemon/files/looking/looker.ts';
import { Looker } from '../../../../daemon/files/looking/looker.ts';
import { Paths } from '../../../../daemon/files/paths.ts';
import { ListLog } from '../../../../daemon/files/tree/list-log.ts';
import type { Digest } from '../../../../schemas/pipelines/digest.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';

export interface Seen {
  digest: Digest | null;
  /** so many bytes of files were not certain */
  read: number;
}

/** Far enough from now for everything written to be settled. */
export const LATER = 60_000;

/** A workspace that is looked at in this very process, at times that the test says. */
export class LookingWorkspace extends TempWorkspace {
  known = new Known();
  readonly lists: ListLog;
  private readonly crew: Crew;

  constructor(crew = new Crew()) {
    super();
    this.crew = crew;
    mkdirSync(this.path('.crisol'));
    this.lists = new ListLog(this.path('.crisol/lists'));
  }

  /** As the workspace was never seen before. */
  forget(): void {
    this.known = new Known();
  }

  save(now = Date.now() + LATER): void {
    saveKnown(this.path('.crisol/index'), this.known, now);
  }

  load(now = Date.now() + LATER): void {
    this.known = loadKnown(this.path('.crisol/index'), now);
  }

  async look(path: string, how: Partial<Pick<Look, 'watch' | 'found'>> & { at?: number } = {}): Promise<Seen> {
    const { at = Date.now() + LATER, watch = newWatch(), found = () => {} } = how;
    const paths = new Paths(this.folder);
    const { known, lists, crew } = this;
    const looker = new Looker({ paths, crew, known, lists, disks: new Disks() });
    let read = 0;
    const toRead = (bytes: number) => {
      read += bytes;
    };
    const digests = await looker.digest([path], { watch, now: () => at, found, toRead });
    return { digest: digests.get(path) ?? null, read };
  }
}
