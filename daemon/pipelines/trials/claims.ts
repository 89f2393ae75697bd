import type { Claim } from '../engine/claim.ts';
import { claimOf } from '../engine/claim.ts';
import type { EngineParts } from '../engine/parts.ts';
import type { TriedSweep } from './ports.ts';
import type { TrialRepository } from './repository.ts';

/** Nobody else writes where a trial does, and what it reads is its own, too. */
export const NO_LEASES = { acquire: async () => () => {}, take: () => () => {} };

/** What trials hold that ran already when our predecessor died: theirs before anybody else begins. */
export class TrialClaims {
  private readonly repository: Pick<TrialRepository, 'begun'>;
  private readonly pool: EngineParts['pool'];
  private readonly ofSweeps = new Map<string, Map<string, Claim>>();

  constructor(repository: Pick<TrialRepository, 'begun'>, { pool }: Pick<EngineParts, 'pool'>) {
    this.repository = repository;
    this.pool = pool;
  }

  take({ id, ground }: TriedSweep, run: string): void {
    const step = ground.plan.steps.find(({ of }) => of === ground.step);
    if (!step || this.ofSweeps.has(id)) return;
    const { resources } = step;
    const claims = this.repository.begun(id).map(([trial, begun]): [string, Claim] => {
      return [trial, claimOf(begun, { run, resources, leases: NO_LEASES, pool: this.pool })];
    });
    this.ofSweeps.set(id, new Map(claims));
  }

  of(sweepId: string, trialId: string): Claim | null {
    return this.ofSweeps.get(sweepId)?.get(trialId) ?? null;
  }

  /** Also of trials that were not begun again. */
  giveBack(sweepId: string): void {
    for (const claim of this.ofSweeps.get(sweepId)?.values() ?? []) claim.giveBack();
    this.ofSweeps.delete(sweepId);
  }
}
