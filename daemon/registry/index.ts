import type { Clock } from '../base/clock.ts';
import type { Store } from '../store/index.ts';
import type { Tracking } from '../tracking/index.ts';
import { ModelFiles } from './files.ts';
import { Registry } from './registry.ts';
import { RegistryRepository } from './repository.ts';

export type { ModelLocation, Registry } from './registry.ts';

export interface RegistryOptions {
  store: Store;
  /** `.crisol/models` */
  modelsFolder: string;
  workspace: string;
  runs: Pick<Tracking['runs'], 'find'>;
  clock: Clock;
  /** who is noted as the author of what is done here */
  user: string;
}

export function createRegistry({ store, modelsFolder, workspace, runs, clock, user }: RegistryOptions): Registry {
  const files = new ModelFiles(modelsFolder, workspace);
  return new Registry({ store, repository: new RegistryRepository(store.db), files, runs, clock, user });
}
