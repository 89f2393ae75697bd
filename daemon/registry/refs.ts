import type { ModelRef } from '../../schemas/model-ref.ts';
import type { Stage } from '../../schemas/wire/registry.ts';
import type { ModelRecord, VersionRecord } from './records.ts';

/**
 * A name alone means what is in production, else in staging, else the newest that is not archived. A stage means the newest
 * version in it; while there is none, the version that has the stage's name as its alias.
 */
export function chooseVersion(model: ModelRecord, which: ModelRef['which']): VersionRecord | undefined {
  if (which === 'best') {
    return newestIn(model, 'production') ?? newestIn(model, 'staging') ?? newestIn(model, 'development');
  }
  if ('stage' in which) return newestIn(model, which.stage) ?? named(model, which.stage);
  if ('alias' in which) return named(model, which.alias);
  return model.versions.find(({ version }) => version === which.version);
}

/** versions come newest first */
function newestIn(model: ModelRecord, stage: Stage): VersionRecord | undefined {
  return model.versions.find((version) => version.stage === stage);
}

function named({ aliases, versions }: ModelRecord, alias: string): VersionRecord | undefined {
  const meant = aliases.find((one) => one.alias === alias)?.version;
  return versions.find(({ version }) => version === meant);
}
