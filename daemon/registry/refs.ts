import type { ModelRef } from '../../schemas/model-ref.ts';
import type { Model, ModelVersion, Stage } from '../../schemas/wire/registry.ts';

/** A name alone means what is in production, else in staging, else the newest that is not archived. */
export function chooseVersion(model: Model, which: ModelRef['which']): ModelVersion | undefined {
  if (which === 'best') {
    return newestIn(model, 'production') ?? newestIn(model, 'staging') ?? newestIn(model, 'development');
  }
  if ('stage' in which) return newestIn(model, which.stage);
  return model.versions.find(({ version }) => version === which.version);
}

/** versions come newest first */
function newestIn(model: Model, stage: Stage): ModelVersion | undefined {
  return model.versions.find((version) => version.stage === stage);
}
