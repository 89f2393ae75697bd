import type { JsonObject } from '../../schemas/language/json.ts';
import type { WorkState } from '../../schemas/wire/common.ts';
import type { Trial } from './study/trial.ts';

/** A sweep as the store has it. */
export interface KeptSweep {
  id: string;
  name: string;
  /** as crisol.yaml had it when the sweep began, and the seed that was drawn then */
  settings: { written: JsonObject; seed: number };
  state: WorkState;
  /** why it ended, in words; empty while it runs */
  reason: string;
  minResource: number | null;
  startedAt: number;
  endedAt: number | null;
}

/** A trial with what people see of it. */
export interface KeptTrial {
  readonly trial: Trial;
  /** from 1; it is begun again when its sweep is gone on with after it was cancelled */
  attempt: number;
  runId: string | null;
  /** why it failed, in words */
  reason: string | null;
  startedAt: number;
  endedAt: number | null;
}
