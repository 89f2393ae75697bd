import { readFile } from 'node:fs/promises';
import type { InferenceSession, OnnxValue } from 'onnxruntime-node';
import type { InputColumn, Signature } from '../../../schemas/model.ts';
import type { Column } from '../linear/columns.ts';

/** Rows given to the runtime at once: large enough to be quick, small enough not to fill the memory. */
const BATCH = 4096;

export interface Scores {
  labels: string[];
  /** [rows, classes], as the graph answers them */
  probabilities: Float64Array;
}

/** Runs a model file on columns, as the serving host will. */
export async function scoreFile(file: string, signature: Signature, columns: Column[], rows: number): Promise<Scores> {
  const { InferenceSession } = await import('onnxruntime-node');
  const session = await InferenceSession.create(await readFile(file), { graphOptimizationLevel: 'all' });
  const classes = signature.classes.length;
  const scores: Scores = { labels: [], probabilities: new Float64Array(rows * classes) };
  try {
    for (let from = 0; from < rows; from += BATCH) {
      await scoreBatch(session, signature, { columns, from, to: Math.min(rows, from + BATCH) }, scores);
    }
  } finally {
    await session.release();
  }
  return scores;
}

interface Batch {
  columns: Column[];
  from: number;
  to: number;
}

async function scoreBatch(
  session: InferenceSession,
  signature: Signature,
  batch: Batch,
  scores: Scores,
): Promise<void> {
  const { label, probabilities } = signature.outputs;
  const results = await session.run(await feedsOf(signature.inputs, batch));
  scores.labels.push(...((results[label]?.data ?? []) as unknown as string[]));
  scores.probabilities.set(
    (results[probabilities]?.data ?? []) as unknown as Float32Array,
    batch.from * signature.classes.length,
  );
}

async function feedsOf(
  inputs: readonly InputColumn[],
  { columns, from, to }: Batch,
): Promise<InferenceSession.FeedsType> {
  const { Tensor } = await import('onnxruntime-node');
  const feeds = new Map<string, OnnxValue>();
  for (const input of inputs) {
    const column = columns.find((candidate) => candidate.name === input.name);
    if (column?.kind === 'number') {
      const values = Float32Array.from(column.values.subarray(from, to));
      feeds.set(input.name, new Tensor('float32', values, [to - from, 1]));
    } else if (column !== undefined) {
      feeds.set(input.name, new Tensor('string', column.values.slice(from, to), [to - from, 1]));
    }
  }
  // a column may be called `__proto__`, which no assignment makes a key
  return Object.fromEntries(feeds);
}
