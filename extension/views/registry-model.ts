import type { Model, ModelVersion, Stage } from '../../schemas/wire/registry.ts';
import type { RoomMessage } from '../daemon/link.ts';

/** What serves first, what is over last. */
export const STAGES: readonly Stage[] = ['production', 'staging', 'development', 'archived'];

const USUAL_NEXT: Record<Stage, Stage> = {
  development: 'staging',
  staging: 'production',
  production: 'archived',
  archived: 'staging',
};

/** Where a version can go from a stage, the usual way first: Enter alone never skips staging. */
export function stagesAfter(stage: Stage): Stage[] {
  const next = USUAL_NEXT[stage];
  return [next, ...STAGES.filter((other) => other !== stage && other !== next)];
}

/** A stage of a model. */
export interface StagePlace {
  model: string;
  stage: Stage;
}

export interface StageVersions extends StagePlace {
  /** newest first, as many as are here */
  versions: ModelVersion[];
  /** how many there are */
  count: number;
}

export class RegistryModel {
  private readonly byName = new Map<string, Model>();
  /** what was read beyond the newest versions, which the daemon tells by itself */
  private readonly older = new Map<string, StagePlace & { versions: ModelVersion[] }>();

  apply(message: RoomMessage): void {
    if (message.type === 'registry/snapshot') {
      this.byName.clear();
      for (const model of message.models) this.byName.set(model.name, model);
    } else if (message.type === 'registry/model') this.byName.set(message.model.name, message.model);
    else if (message.type === 'registry/model-removed') this.byName.delete(message.name);
  }

  models(): Model[] {
    return [...this.byName.values()].sort((one, other) => one.name.localeCompare(other.name));
  }

  /** Those stages in which a version stands. */
  stagesOf(model: Model): StageVersions[] {
    return STAGES.map((stage) => this.inStage(model, stage)).filter(({ versions }) => versions.length > 0);
  }

  /** Its newest versions, as the daemon tells them. */
  newestIn({ model, stage }: StagePlace): ModelVersion[] {
    const known = this.byName.get(model)?.versions ?? [];
    return known.filter((version) => version.stage === stage).sort((one, other) => other.version - one.version);
  }

  /** Reads on behind what is here. */
  oldestIn({ model, stage }: StagePlace): ModelVersion | undefined {
    const known = this.byName.get(model);
    return known && this.inStage(known, stage).versions.at(-1);
  }

  /** Where more was read than the newest. */
  extended(): (StagePlace & { versions: ModelVersion[] })[] {
    return [...this.older.values()];
  }

  setOlder(place: StagePlace, versions: ModelVersion[]): void {
    this.older.set(keyOf(place), { ...place, versions });
  }

  addOlder(place: StagePlace, versions: ModelVersion[]): void {
    this.setOlder(place, [...(this.older.get(keyOf(place))?.versions ?? []), ...versions]);
  }

  private inStage(model: Model, stage: Stage): StageVersions {
    const place = { model: model.name, stage };
    const newest = this.newestIn(place);
    const count = model.in_stages?.[stage] ?? newest.length;
    const last = newest.at(-1);
    const told = new Set(model.versions.map(({ version }) => version));
    // one that moved since it was read is told where it is now
    const isOlder = ({ version }: ModelVersion) => last !== undefined && version < last.version && !told.has(version);
    const older = this.older.get(keyOf(place))?.versions.filter(isOlder) ?? [];
    return { ...place, versions: [...newest, ...older].slice(0, count), count };
  }
}

function keyOf({ model, stage }: StagePlace): string {
  return `${stage} ${model}`;
}
