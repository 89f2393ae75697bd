import { join } from 'node:path';
import type { PlannedStep } from '../../../schemas/language/model.ts';
import type { Digest } from '../../../schemas/pipelines/digest.ts';
import type { KeepSettings, StepCache } from '../cache/index.ts';
import type { LogUsage } from '../executors/port.ts';
import type { PipelineDeps } from '../ports.ts';
import { ASIDE, forgetAside } from './aside.ts';

const DAY_MS = 24 * 60 * 60_000;
/** What one step prints shall not take the place of all others. */
const SHARE_OF_A_STEP = 10;

interface LeftoversParts {
  deps: Pick<PipelineDeps, 'files' | 'clock' | 'workspace' | 'project' | 'logBytes' | 'executor'>;
  cache: StepCache;
}

/** What runs leave behind, of which some makes room now and then. */
export class Leftovers {
  private readonly parts: LeftoversParts;
  private limiting: Promise<unknown> = Promise.resolve();

  constructor(parts: LeftoversParts) {
    this.parts = parts;
  }

  /** Of what steps printed the newest is kept, and of each only a part of that. */
  limitLogs({ megabytes, dryRun }: { megabytes?: number; dryRun?: boolean }): Promise<LogUsage> {
    const { deps } = this.parts;
    const total = megabytes === undefined ? deps.logBytes : megabytes * 1_000_000;
    const next = this.limiting.then(() => deps.executor.limitLogs({ total, perStep: total / SHARE_OF_A_STEP, dryRun }));
    this.limiting = next.catch(() => undefined);
    return next;
  }

  /** Forgets results that nobody will ask for, with the outs that only they had, and what was set aside long ago. */
  async collect({ keep, dryRun }: { keep: KeepSettings; dryRun: boolean }) {
    const { deps, cache } = this.parts;
    const sweep = (needed: readonly Digest[]) => deps.files.collect(needed, { dryRun });
    const { results, swept } = await cache.collect({ keep, steps: this.stepsNow(), dryRun }, sweep);
    const before = deps.clock.now() - keep.days * DAY_MS;
    const aside = await forgetAside(join(deps.workspace, ASIDE), before, dryRun);
    return { results, files: swept.objects + aside.files, bytes: swept.bytes + aside.bytes };
  }

  /** Null while nobody can say which there are. */
  private stepsNow(): PlannedStep[] | null {
    try {
      return this.parts.deps.project.plan().steps;
    } catch {
      return null;
    }
  }
}
