import type { FoundVersion, ModelRecord } from '../records.ts';
import type { RegistryRepository } from '../repository.ts';
import type { RegistryQuery, RegistrySearchRepository } from './repository.ts';

/** What is read at once: others are answered between two pieces. */
const PIECE = 200;

/** A page of a search; what was found is read when it is asked for, piece by piece. */
export interface Found<T> {
  pieces: Iterable<T[]>;
  /** another page follows */
  isMore: boolean;
}

/** Finds models and versions, of which there may be hundreds of thousands. */
export class RegistrySearch {
  private readonly search: RegistrySearchRepository;
  private readonly repository: RegistryRepository;

  constructor(search: RegistrySearchRepository, repository: RegistryRepository) {
    this.search = search;
    this.repository = repository;
  }

  async models(query: RegistryQuery): Promise<Found<ModelRecord>> {
    const found = await this.search.models(oneMore(query));
    return pageOf(found, query, (modelNos) => this.repository.completeAll(this.repository.rowsOf(modelNos)));
  }

  async versions(query: RegistryQuery): Promise<Found<FoundVersion>> {
    const found = await this.search.versions(oneMore(query));
    return pageOf(found, query, (places) => this.search.found(places));
  }
}

function oneMore(query: RegistryQuery): RegistryQuery {
  return { ...query, limit: query.limit + 1 };
}

function pageOf<Place, T>(
  found: readonly Place[],
  { limit }: RegistryQuery,
  read: (places: readonly Place[]) => T[],
): Found<T> {
  return { pieces: inPieces(found.slice(0, limit), read), isMore: found.length > limit };
}

function* inPieces<Place, T>(places: readonly Place[], read: (places: readonly Place[]) => T[]): Generator<T[]> {
  for (let at = 0; at < places.length; at += PIECE) yield read(places.slice(at, at + PIECE));
}
