import type { Api } from '../daemon/api.ts';
import type { RoomMessage } from '../daemon/link.ts';
import type { RegistryModel, StagePlace } from './registry-model.ts';

const PAGE = 100;
/** So many are asked for again when something changed; whoever has more scrolls on. */
const MOST_AGAIN = 1000;

/** Brings the older versions of a stage that a person asks for, and keeps them right. */
export class VersionLoader {
  private readonly api: Pick<Api, 'versions'>;
  private readonly model: RegistryModel;
  private readonly changed: () => void;
  /** one after the other: what is read last is what stands */
  private last: Promise<unknown> = Promise.resolve();

  constructor(api: Pick<Api, 'versions'>, model: RegistryModel, changed: () => void) {
    this.api = api;
    this.model = model;
    this.changed = changed;
  }

  /** The next page. Answers the first version of it. */
  more(place: StagePlace): Promise<number | undefined> {
    return this.inTurn(async () => {
      const before = this.model.oldestIn(place)?.version;
      const { versions } = await this.api.versions(place.model, { stage: place.stage, before, limit: PAGE });
      this.model.addOlder(place, versions);
      this.changed();
      return versions[0]?.version;
    });
  }

  /** What was read of a model that changed is read anew. */
  heard(message: RoomMessage): void {
    const isOf = ({ model }: StagePlace) => message.type !== 'registry/model' || message.model.name === model;
    for (const place of this.model.extended().filter(isOf)) {
      // what cannot be read now stays as it was
      void this.inTurn(() => this.again(place)).catch(() => undefined);
    }
  }

  /** Once nothing is being read. */
  async idle(): Promise<void> {
    await this.last.catch(() => undefined);
  }

  private async again({ model, stage, versions: known }: StagePlace & { versions: unknown[] }): Promise<void> {
    const before = this.model.newestIn({ model, stage }).at(-1)?.version;
    const limit = Math.min(MOST_AGAIN, Math.max(1, known.length));
    const { versions } = await this.api.versions(model, { stage, before, limit });
    this.model.setOlder({ model, stage }, versions);
    this.changed();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const running = this.last.catch(() => undefined).then(work);
    this.last = running;
    return running;
  }
}
