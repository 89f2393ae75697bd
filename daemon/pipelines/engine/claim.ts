import type { PlannedStep } from '../../../schemas/language/model.ts';
import type { BegunStep, EngineParts } from './parts.ts';
import type { Turns } from './turns.ts';

/** What a step holds that ran already when our predecessor died. */
export interface Claim {
  begun: BegunStep;
  gpus: readonly number[];
  giveBack(): void;
}

interface Claiming extends Pick<EngineParts, 'leases' | 'pool'> {
  run: string;
  resources: PlannedStep['resources'];
  turns?: Turns | undefined;
}

/**
 * To be made of all such steps before any other step is begun: one that waited for what they hold would get it. The paths are those that
 * its key had, for the plan may not know them yet.
 */
export function claimOf(begun: BegunStep, { run, resources, turns, leases, pool }: Claiming): Claim {
  const { deps, outs } = begun.key;
  const giveBackPaths = leases.take({ reads: deps.map(({ path }) => path), writes: outs });
  const giveBackTurn = turns?.take();
  const share = pool.take(run, resources, begun.gpus ?? []);
  return {
    begun,
    gpus: share.gpus,
    giveBack() {
      share.release();
      giveBackPaths();
      giveBackTurn?.();
    },
  };
}
