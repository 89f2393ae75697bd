import { experimentNo } from '../experiments/experiments.ts';
import type { FacetRepository, FacetTable } from './repository.ts';

/** What the runs of an experiment can be searched by: for those who write a filter. */
export interface Keys {
  metrics: string[];
  params: string[];
  tags: string[];
}

export class Facets {
  private readonly repository: FacetRepository;

  constructor(repository: FacetRepository) {
    this.repository = repository;
  }

  keys(experimentId: string): Keys {
    const no = experimentNo(experimentId);
    const keys = (table: FacetTable) => this.repository.keys(table, no);
    return { metrics: this.repository.metrics(no), params: keys('params'), tags: keys('tags') };
  }

  /** The most frequent first. */
  values(experimentId: string, kind: 'param' | 'tag', key: string): string[] {
    return this.repository.values(kind === 'param' ? 'params' : 'tags', experimentNo(experimentId), key);
  }
}
