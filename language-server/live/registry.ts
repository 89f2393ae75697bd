import type { HeldModel, RegistryFacts } from '../../schemas/language/check/registry.ts';
import type { LiveModel, LiveValues } from '../../schemas/language/live.ts';

/** What the rules want to know of the registry; null while the daemon has not said what it holds. */
export function registryFacts({ knowsModels, models, steps }: LiveValues): RegistryFacts | null {
  if (!knowsModels) return null;
  return {
    models: models.map(heldModel),
    done: steps.filter(({ state }) => state === 'succeeded').map(({ name }) => name),
  };
}

const heldModel = ({ name, versions, aliases }: LiveModel): HeldModel => ({
  name,
  newest: versions.reduce((newest, { version }) => Math.max(newest, version), 0),
  aliases: aliases?.map(({ alias }) => alias) ?? null,
});
