import type { FoundVersion, ModelRecord } from '../records.ts';
import type { RegistryRepository } from '../repository.ts';
import type { RegistryQuery, RegistrySearchRepository } from './repository.ts';

/** What is read at once, since others are answered between two pieces; a model comes with all its versions. */
const MODELS_A_PIECE = 20;
const VERSIONS_A_PIECE = 200;

/** A page of a search; what was found is read when it is asked for, piece by piece. */
export interface Found<T> {
  pieces: Iterable<T[]>;
  /** of this page */
  total: number;
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
    return pageOf(found, query, MODELS_A_PIECE, (modelNos) => this.complete(modelNos));
  }

  async versions(query: RegistryQuery): Promise<Found<FoundVersion>> {
    const found = await this.search.versions(oneMore(query));
    return pageOf(found, query, VERSIONS_A_PIECE, (places) => this.search.found(places));
  }

  /** by name */
  all(): Iterable<ModelRecord[]> {
    const modelNos = this.repository.rows().map(({ model_no }) => model_no);
    return inPieces(modelNos, MODELS_A_PIECE, (some) => this.complete(some));
  }

  private complete(modelNos: readonly number[]): ModelRecord[] {
    return this.repository.completeAll(this.repository.rowsOf(modelNos));
  }
}

function oneMore(query: RegistryQuery): RegistryQuery {
  return { ...query, limit: query.limit + 1 };
}

function pageOf<Place, T>(
  found: readonly Place[],
  { limit }: RegistryQuery,
  size: number,
  read: (places: readonly Place[]) => T[],
): Found<T> {
  const page = found.slice(0, limit);
  return { pieces: inPieces(page, size, read), total: page.length, isMore: found.length > limit };
}

function* inPieces<Place, T>(
  places: readonly Place[],
  size: number,
  read: (places: readonly Place[]) => T[],
): Generator<T[]> {
  for (let at = 0; at < places.length; at += size) yield read(places.slice(at, at + size));
}
