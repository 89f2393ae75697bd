import type { SweepSummary } from '../../schemas/wire/sweeps.ts';
import type { RoomMessage } from '../daemon/link.ts';

/** The newest sweeps. */
export class SweepsModel {
  private known: readonly SweepSummary[] = [];

  apply(message: RoomMessage): void {
    if (message.type === 'sweeps/snapshot') this.known = message.sweeps;
    else if (message.type === 'sweeps/sweep') {
      const { sweep } = message;
      const others = this.known.filter(({ sweep_id }) => sweep_id !== sweep.sweep_id);
      this.known = [sweep, ...others].toSorted((one, other) => other.started_at - one.started_at);
    }
  }

  /** The newest first. */
  get sweeps(): readonly SweepSummary[] {
    return this.known;
  }

  byId(id: string): SweepSummary | undefined {
    return this.known.find(({ sweep_id }) => sweep_id === id);
  }

  /** The newest of each name. */
  newest(): SweepSummary[] {
    return [...new Map(this.known.toReversed().map((sweep) => [sweep.name, sweep])).values()];
  }
}

/** How many trials have ended, of how many. */
export function sweepStanding({ counts, trials }: SweepSummary): { done: number; total: number | null } {
  const begun = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { done: begun - counts.running, total: trials };
}
