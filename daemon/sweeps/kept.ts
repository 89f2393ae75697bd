import type { JsonObject } from '../../schemas/language/json.ts';
import type { WorkState } from '../../schemas/wire/common.ts';
import type { Trial } from './study/trial.ts';

/** A sweep as the store has it. */
export interface KeptSweep {
  id: string;
  name: string;
  settings: {
    /** as crisol.yaml had it when the sweep began, with what was asked for then or later */
    written: JsonObject;
    /** which was drawn then */
    seed: number;
    /** what its trials are made of */
    ground: unknown;
  };
  /** its run in tracking, once it has one */
  runId: string | null;
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
