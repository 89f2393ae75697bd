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

export class RegistryModel {
  private readonly byName = new Map<string, Model>();

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
}

export function versionsByStage(model: Model): [Stage, ModelVersion[]][] {
  const groups = STAGES.map((stage): [Stage, ModelVersion[]] => [
    stage,
    model.versions.filter((version) => version.stage === stage).sort((one, other) => other.version - one.version),
  ]);
  return groups.filter(([, versions]) => versions.length > 0);
}
