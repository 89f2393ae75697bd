import { userInfo } from 'node:os';
import type { Artifacts } from '../artifacts/index.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../store/index.ts';
import type { Tracking } from '../tracking/index.ts';
import { ModelAdoption } from './adoption/adoption.ts';
import { Catalog } from './catalog.ts';
import { Discards } from './discards.ts';
import { ModelFiles } from './files.ts';
import { Publishing } from './publishing.ts';
import { Registrar } from './register.ts';
import { Registry } from './registry.ts';
import { RegistryRepository } from './repository.ts';
import { RegistrySearchRepository } from './search/repository.ts';
import { RegistrySearch } from './search/search.ts';
import { Shelf } from './shelf.ts';
import { Stages } from './stages.ts';
import { Versions } from './versions.ts';

export type { AdoptedVersion } from './adoption/records.ts';
export type { FoundVersion, KeyValue, ModelOverview, ModelRecord, VersionOrigin, VersionRecord } from './records.ts';
export type { Registry } from './registry.ts';
export type { RegistryQuery } from './search/repository.ts';
export type { Found } from './search/search.ts';

export interface RegistryOptions {
  store: Store;
  /** `.crisol/models` */
  folder: string;
  workspace: string;
  runs: Pick<Tracking['runs'], 'find'>;
  /** where MLflow's client loads our own models from */
  artifacts: Pick<Artifacts, 'put' | 'stat' | 'delete'>;
  clock: Clock;
  /** who is noted as the author of what is done here; the one who runs the daemon when missing */
  user?: string;
  /** whether somebody serves this version of a model: its files then outlive it */
  inUse?: (model: string, version: number) => boolean;
}

export function createRegistry(options: RegistryOptions): Registry {
  const { store, folder, workspace, runs, artifacts, clock, user = userName(), inUse = () => false } = options;
  const files = new ModelFiles(folder, workspace);
  const repository = new RegistryRepository(store.db);
  const shelf = new Shelf({ store, repository, clock, user });
  const search = new RegistrySearch(new RegistrySearchRepository(store), repository);
  const publishing = new Publishing(artifacts, files);
  const unpublish = publishing.unpublish.bind(publishing);
  const discards = new Discards({ shelf, files, unpublish, inUse });
  const catalog = new Catalog(shelf, discards);
  const stages = new Stages(shelf, files);
  const registrar = new Registrar({ shelf, catalog, stages, files, runs });
  const versions = new Versions({ shelf, stages, registrar, publishing, discards });
  // nobody serves yet what the last daemon served when it was deleted
  void discards.sweep(() => false).catch(() => undefined);
  const adoption = new ModelAdoption(shelf, runs);
  return new Registry({ shelf, files, catalog, stages, registrar, versions, search, adoption });
}

/** A container may run as a user that nobody named. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
