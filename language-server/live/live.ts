import type { RegistryFacts } from '../../schemas/language/check/registry.ts';
import type { LiveValues } from '../../schemas/language/live.ts';
import { pathFrom, plain } from '../projects/addresses.ts';
import { LiveRegistry } from './registry.ts';

/** What the editor told last of the daemon. Nothing here is waited for. */
export class Live {
  #values: LiveValues | null = null;
  readonly #registry = new LiveRegistry();

  /** Gives back whether files are to be checked again. */
  hear(values: LiveValues): boolean {
    this.#values = values;
    return this.#registry.hear(values);
  }

  /** What is known of the project of this file; null for a file of another folder. */
  of(uri: string): LiveValues | null {
    const folder = this.#folder();
    return folder !== null && pathFrom(folder, uri) !== null ? this.#values : null;
  }

  /** A project in a folder further in has a registry of its own. */
  registryOf(folder: string): RegistryFacts | null {
    const own = this.#folder();
    return own !== null && plain(own) === plain(folder) ? this.#registry.facts : null;
  }

  /** The folder of everything is written with a slash at its end. */
  #folder(): string | null {
    return this.#values?.folder?.replace(/\/$/, '') ?? null;
  }
}
