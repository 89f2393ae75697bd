import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Signature } from '../../../../schemas/model.ts';
import type { FeatureRecord } from '../../../../schemas/wire/serving.ts';

interface Tensor {
  name: string;
  data: (number | string | null)[];
}

interface ScoringCase {
  name: string;
  input: { model_base64: string; feeds: Record<string, { type: string; data: (number | string | null)[] }> };
  expected: { outputs: Tensor[] };
  tolerance: { rel: number; abs: number };
}

const VECTORS = new URL('../../../fixtures/vectors/onnx-scoring.json', import.meta.url);

/** The vectors' model whose inputs are single columns: impute, scale, one-hot and logistic regression of scikit-learn. */
export async function readVectorCase(): Promise<ScoringCase> {
  const { cases } = JSON.parse(await readFile(VECTORS, 'utf8')) as { cases: ScoringCase[] };
  const found = cases.find(({ name }) => name === 'pipeline_impute_scale_onehot/zipmap_False');
  if (!found) throw new Error('The vectors have no such case.');
  return found;
}

export function recordsOf({ input }: ScoringCase): FeatureRecord[] {
  const columns = Object.entries(input.feeds);
  const rows = columns[0]?.[1].data.length ?? 0;
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(columns.map(([name, { data }]) => [name, data[row] ?? null])),
  );
}

export const VECTOR_SIGNATURE: Signature = {
  inputs: [
    { name: 'age', kind: 'number', min: 18, max: 60, integer: false, example: 30 },
    { name: 'income', kind: 'number', min: 0, max: 10, integer: false, example: 2 },
    { name: 'colour', kind: 'category', categories: ['blue', 'green', 'red'], example: 'red' },
    { name: 'plan', kind: 'category', categories: ['basic', 'pro'], example: 'basic' },
  ],
  target: 'churned',
  classes: ['0', '1'],
  outputs: { label: 'label', probabilities: 'probabilities' },
};

export async function writeModelFolder(folder: string, onnx: Uint8Array, signature: unknown): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'model.onnx'), onnx);
  await writeFile(join(folder, 'signature.json'), JSON.stringify(signature));
  return folder;
}

export async function writeVectorModel(folder: string): Promise<string> {
  const { input } = await readVectorCase();
  return writeModelFolder(folder, Buffer.from(input.model_base64, 'base64'), VECTOR_SIGNATURE);
}
