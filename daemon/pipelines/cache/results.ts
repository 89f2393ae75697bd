import type { Dep, KeyParts } from '../../../schemas/pipelines/key.ts';
import type { Change } from '../../../schemas/pipelines/why.ts';

/** What a step once gave: kept by its key, found by whoever has the same. */
export interface KnownResult {
  /** null when only crisol.lock knows it */
  no: number | null;
  key: string;
  /** its name then, with the values of its matrix */
  step: string;
  /** the run in tracking that the step logged to */
  runId: string;
  recordedAt: number;
  seconds: number | null;
  parts: KeyParts;
  outs: Dep[];
  metrics: Record<string, number>;
}

export interface StepState {
  state: 'up to date' | 'restorable' | 'changed';
  key: string;
  /** whose outs are there, or can be */
  result: KnownResult | undefined;
  /** in words, the nearest cause first */
  reason: string;
  changes: Change[];
}

export type Recorded =
  | { kind: 'kept'; result: KnownResult }
  /** the step is done, and nobody will find its result */
  | { kind: 'not kept'; reason: string }
  /** the step did not do what it says: it has failed */
  | { kind: 'outs missing'; paths: string[]; reason: string };
