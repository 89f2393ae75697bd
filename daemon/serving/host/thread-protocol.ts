import type { Signature } from '../../../schemas/model.ts';

/** Rows ready for the graph, packed so that they cross to the worker thread cheaply. */
export interface Feeds {
  rows: number;
  /** the number columns one after the other, each `rows` long, in the signature's order */
  numbers: Float32Array;
  /** the category columns, likewise */
  texts: string[];
}

export interface Outputs {
  /** one a row */
  labels: string[];
  /** row by row, in the order of the signature's classes */
  probabilities: Float32Array;
}

export type ToWorker = { type: 'run'; id: number; feeds: Feeds } | { type: 'close' } | { type: 'die' };

export type FromWorker =
  | { type: 'ready'; signature: Signature }
  | { type: 'failed'; reason: string }
  | { type: 'answer'; id: number; outputs: Outputs }
  | { type: 'refused'; id: number; reason: string };
