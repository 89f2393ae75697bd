import type { HeldModel, RegistryFacts } from '../../schemas/language/check/registry.ts';
import type { LiveModel, LiveValues } from '../../schemas/language/live.ts';

/**
 * What the rules may know of the registry: it stays the same until something else is true that they asked for. Steps begin and end all
 * the time while a pipeline runs, and hardly a file asks for them.
 */
export class LiveRegistry {
  facts: RegistryFacts | null = null;
  #models = '';
  #succeeded = new Set<string>();
  #steps = '';
  #areStepsAskedFor = false;

  /** Gives back whether what was made of it is to be made anew. */
  hear({ folder, knowsModels, models, steps }: LiveValues): boolean {
    const held = knowsModels ? models.map(heldModel) : null;
    const succeeded = steps.filter(({ state }) => state === 'succeeded').map(({ name }) => name);
    const [before, stepsBefore] = [this.#models, this.#steps];
    this.#models = JSON.stringify([folder, held]);
    this.#steps = JSON.stringify(succeeded);
    this.#succeeded = new Set(succeeded);
    if (this.#models === before && (this.#steps === stepsBefore || !this.#areStepsAskedFor)) return false;
    this.#areStepsAskedFor = false;
    this.facts = held && { models: held, hasSucceeded: (step) => this.#hasSucceeded(step) };
    return true;
  }

  #hasSucceeded(step: string): boolean {
    this.#areStepsAskedFor = true;
    return this.#succeeded.has(step);
  }
}

const heldModel = ({ name, versions, aliases }: LiveModel): HeldModel => ({
  name,
  newest: versions.reduce((newest, { version }) => Math.max(newest, version), 0),
  aliases: aliases?.map(({ alias }) => alias) ?? null,
});
