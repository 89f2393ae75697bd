import type { FoundVersion, ModelOverview, ModelRecord } from '../records.ts';
import type { RegistryRepository } from '../repository.ts';
import type { RegistryQuery, RegistrySearchRepository } from './repository.ts';

/** What is read at once, since others are answered between two pieces; a whole model comes with all its versions. */
const MODELS_A_PIECE = 20;
const OVERVIEWS_A_PIECE = 50;
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

  /** Each with the newest version of each stage. */
  async models(query: RegistryQuery): Promise<Found<ModelOverview>> {
    const found = await this.search.models(oneMore(query));
    return pageOf(found, query, OVERVIEWS_A_PIECE, (modelNos) => this.overviewsOf(modelNos, 1));
  }

  async versions(query: RegistryQuery): Promise<Found<FoundVersion>> {
    const found = await this.search.versions(oneMore(query));
    return pageOf(found, query, VERSIONS_A_PIECE, (places) => this.search.found(places));
  }

  /** by name */
  all(): Iterable<ModelRecord[]> {
    return inPieces(this.modelNos(), MODELS_A_PIECE, (some) => {
      return this.repository.completeAll(this.repository.rowsOf(some));
    });
  }

  /** by name, each with so many versions of each stage */
  overviews(newest: number): Iterable<ModelOverview[]> {
    return inPieces(this.modelNos(), OVERVIEWS_A_PIECE, (some) => this.overviewsOf(some, newest));
  }

  private modelNos(): number[] {
    return this.repository.rows().map(({ model_no }) => model_no);
  }

  private overviewsOf(modelNos: readonly number[], newest: number): ModelOverview[] {
    return this.repository.rowsOf(modelNos).map((row) => this.repository.overview(row, newest));
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
