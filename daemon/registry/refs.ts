import type { Model, ModelVersion, Stage } from '../../schemas/wire/registry.ts';

const STAGES: readonly Stage[] = ['development', 'staging', 'production', 'archived'];

export interface ModelRef {
  name: string;
  which: { stage: Stage } | { version: number } | 'best';
}

/** `name`, `name@stage` or `name/version`. A name may hold an @ itself: only a stage after the last one counts. */
export function parseRef(ref: string): ModelRef {
  const numbered = /^(.*)\/(\d{1,9})$/s.exec(ref);
  if (numbered) return { name: numbered[1] ?? '', which: { version: Number(numbered[2]) } };
  const at = ref.lastIndexOf('@');
  const stage = STAGES.find((known) => known === ref.slice(at + 1));
  return at > 0 && stage ? { name: ref.slice(0, at), which: { stage } } : { name: ref, which: 'best' };
}

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
