import type { FamilyRepository } from './repository.ts';

/** Where a run stands among others in lists. */
export interface Kin {
  /** the run that it stands below */
  parent_run_id?: string;
  /** how many stand below it, if any do */
  children?: number;
}

/** Runs that scripts nest: a search and its trials. */
export class Family {
  private readonly repository: FamilyRepository;

  constructor(repository: FamilyRepository) {
    this.repository = repository;
  }

  /** Of those runs that stand below another, or above some. */
  ofRuns(runIds: readonly string[]): Map<string, Kin> {
    const found = new Map<string, Kin>();
    if (!this.repository.hasAny()) return found;
    for (const { run_id, parent_run_id } of this.repository.parents(runIds)) found.set(run_id, { parent_run_id });
    for (const { run_id, children } of this.repository.children(runIds)) {
      if (children > 0) found.set(run_id, { ...found.get(run_id), children });
    }
    return found;
  }

  ofRun(runId: string): Kin {
    return this.ofRuns([runId]).get(runId) ?? {};
  }

  /** Those below it, at any depth, that have not ended. */
  openBelow(runId: string): string[] {
    return this.repository.hasAny() ? this.repository.openBelow(runId) : [];
  }

  /** These runs, and all that stand below them. */
  withDescendants(runIds: readonly string[]): string[] {
    return this.repository.descendants(runIds);
  }
}
