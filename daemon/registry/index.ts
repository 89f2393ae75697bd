import { userInfo } from 'node:os';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../store/index.ts';
import type { Tracking } from '../tracking/index.ts';
import { ModelFiles } from './files.ts';
import { Registry } from './registry.ts';
import { RegistryRepository } from './repository.ts';

export type { Registry } from './registry.ts';

export interface RegistryOptions {
  store: Store;
  /** `.crisol/models` */
  folder: string;
  workspace: string;
  runs: Pick<Tracking['runs'], 'find'>;
  clock: Clock;
  /** who is noted as the author of what is done here; the one who runs the daemon when missing */
  user?: string;
}

export function createRegistry({ store, folder, workspace, runs, clock, user }: RegistryOptions): Registry {
  const files = new ModelFiles(folder, workspace);
  return new Registry({
    store,
    repository: new RegistryRepository(store.db),
    files,
    runs,
    clock,
    user: user ?? userName(),
  });
}

/** A container may run as a user that nobody named. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
