import type { Clock } from '../base/clock.ts';
import type { Store } from '../store/index.ts';
import { Artifacts } from './artifacts.ts';
import { Contents } from './contents.ts';
import { ArtifactRepository } from './repository.ts';
import { Tree } from './tree.ts';

export type { ArtifactEntry, Artifacts, OpenArtifact, Usage } from './artifacts.ts';

export interface ArtifactsOptions {
  store: Store;
  /** `.crisol/artifacts` */
  folder: string;
  clock: Clock;
}

export function createArtifacts({ store, folder, clock }: ArtifactsOptions): Artifacts {
  const tree = new Tree(new ArtifactRepository(store.db));
  return new Artifacts({ store, tree, contents: new Contents(folder), clock });
}
