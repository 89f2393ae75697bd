import type { ModelRef } from '../../schemas/model-ref.ts';
import type { Stage } from '../../schemas/wire/registry.ts';
import type { ModelOverview } from './records.ts';

/**
 * A name alone means what is in production, else in staging, else the newest that is not archived. A stage means the newest
 * version in it; while there is none, the version that has the stage's name as its alias. There may be none of that number.
 */
export function chooseVersion(model: ModelOverview, which: ModelRef['which']): number | undefined {
  if (which === 'best') {
    return newestIn(model, 'production') ?? newestIn(model, 'staging') ?? newestIn(model, 'development');
  }
  if ('stage' in which) return newestIn(model, which.stage) ?? named(model, which.stage);
  if ('alias' in which) return named(model, which.alias);
  return which.version;
}

/** versions come newest first */
function newestIn(model: ModelOverview, stage: Stage): number | undefined {
  return model.versions.find((version) => version.stage === stage)?.version;
}

function named({ aliases }: ModelOverview, alias: string): number | undefined {
  return aliases.find((one) => one.alias === alias)?.version;
}
