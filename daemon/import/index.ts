import type { Clock } from '../base/clock.ts';
import type { Registry } from '../registry/index.ts';
import type { Store } from '../store/index.ts';
import type { Tracking } from '../tracking/index.ts';
import { Imports } from './imports.ts';
import { ImportRepository } from './repository.ts';

export type { Imports } from './imports.ts';

export interface ImportOptions {
  store: Store;
  tracking: Tracking;
  registry: Registry;
  clock: Clock;
}

export function createImports({ store, tracking, registry, clock }: ImportOptions): Imports {
  return new Imports({ store, repository: new ImportRepository(store.db), tracking, registry, clock });
}
