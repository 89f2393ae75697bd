import type { PlannedStep } from '../../../schemas/language/model.ts';
import type { KeyParts } from '../../../schemas/pipelines/key.ts';
import { entryOf } from '../../../schemas/pipelines/lock/of-parts.ts';
import type { Change } from '../../../schemas/pipelines/why.ts';
import { whatChanged } from '../../../schemas/pipelines/why.ts';
import { messageOf } from '../../base/errors.ts';
import { hash, inWords, keyOf } from './causes.ts';
import type { LockFile } from './lock-file.ts';
import type { Lying, Outs } from './outs.ts';
import type { PartsReader } from './parts.ts';
import type { Attempt, Keeping, RunParams, StepCacheDeps } from './ports.ts';
import type { ResultRepository } from './repository.ts';
import type { KnownResult, Recorded } from './results.ts';

interface RecorderParts {
  deps: Pick<StepCacheDeps, 'clock' | 'metricsOf'>;
  results: ResultRepository;
  parts: PartsReader;
  outs: Outs;
  lock: LockFile;
}

/** Keeps what steps have given. That it could not is no failure of the step; that somebody called it off is thrown. */
export class Recorder {
  private readonly parts: RecorderParts;

  constructor(parts: RecorderParts) {
    this.parts = parts;
  }

  /** After success. `params`: as they are by now, since the step may have read them from their file. */
  record(step: PlannedStep, parts: KeyParts, params: RunParams, attempt: Attempt, how: Keeping): Promise<Recorded> {
    return unlessCalledOff(how, async () => {
      const outs = await this.parts.outs.keep(parts.outs, how);
      if ('missing' in outs) return withoutOuts(outs.missing);
      const now = await this.parts.parts.partsFor(step, params, { signal: how.signal });
      if (keyOf(now) !== keyOf(parts)) return { kind: 'not kept', reason: meanwhile(whatChanged(parts, now)) };
      const result = await this.save(step, parts, { ...attempt, outs: outs.kept });
      this.parts.lock.note(step.name, entryOf(parts, result, hash));
      return { kind: 'kept', result };
    });
  }

  /**
   * What a step has made in a folder that stands for the workspace, `at` from there: found by its key from now on, as if it had been made
   * at its place, but neither the last result of its step nor in crisol.lock.
   */
  recordApart(
    step: PlannedStep,
    parts: KeyParts,
    { at, ...attempt }: Attempt & { at: string },
    how: Keeping,
  ): Promise<Recorded> {
    return unlessCalledOff(how, async () => {
      const outs = await this.parts.outs.keep(parts.outs, { ...how, at });
      if ('missing' in outs) return withoutOuts(outs.missing);
      const result = await this.save(step, parts, { ...attempt, outs: outs.kept }, { isCurrent: false });
      return { kind: 'kept', result };
    });
  }

  private async save(
    { name }: PlannedStep,
    parts: KeyParts,
    made: Attempt & Pick<KnownResult, 'outs'>,
    how?: { isCurrent: boolean },
  ): Promise<KnownResult> {
    const { deps, results } = this.parts;
    const metrics = await deps.metricsOf(made.runId);
    const recordedAt = deps.clock.now();
    return results.save({ key: keyOf(parts), step: name, ...made, recordedAt, parts, metrics }, how);
  }
}

async function unlessCalledOff({ signal }: Keeping, work: () => Promise<Recorded>): Promise<Recorded> {
  try {
    return await work();
  } catch (thrown) {
    signal?.throwIfAborted();
    // it has done its work all the same
    return { kind: 'not kept', reason: `its result is not kept: ${messageOf(thrown)}` };
  }
}

function withoutOuts(missing: readonly Lying[]): Recorded {
  const paths = missing.map(({ path }) => path);
  const unusable = missing.find((one) => one.unusable !== undefined)?.unusable;
  if (unusable !== undefined) return { kind: 'outs missing', paths, reason: unusable };
  const which = paths.length === 1 ? `${paths[0]}, which is among its outs` : `these of its outs: ${paths.join(', ')}`;
  return { kind: 'outs missing', paths, reason: `it did not write ${which}` };
}

const meanwhile = (changes: readonly Change[]): string =>
  `its result is not kept, since this changed while it ran: ${inWords(changes)}`;
