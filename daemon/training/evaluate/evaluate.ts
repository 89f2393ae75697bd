import { join } from 'node:path';
import type { BuiltInSettings } from '../../../schemas/language/grammar/built-in-steps.ts';
import type { Signature } from '../../../schemas/model.ts';
import { MODEL_FILES } from '../../../schemas/model.ts';
import { CrisolError } from '../../base/errors.ts';
import { writeJson } from '../../base/in-place.ts';
import { readSignature } from '../../base/signature.ts';
import type { Table } from '../../data/index.ts';
import { withTable } from '../../data/index.ts';
import type { Column } from '../linear/columns.ts';
import { scoreFile } from '../onnx/session.ts';
import type { Evaluation } from './metrics.ts';
import { evaluate } from './metrics.ts';

export type EvaluateSettings = BuiltInSettings<'evaluate'>;

/** Runs a model's ONNX file, as the serving host will, on rows it has not seen. */
export async function evaluateModel(settings: EvaluateSettings): Promise<Evaluation> {
  const signature = await readSignature(settings.model);
  const { columns, labels } = await withTable(settings.data, (table) => readTestRows(table, signature));
  if (labels.length === 0) {
    throw new CrisolError('TRAINING_DATA_UNFIT', `${settings.data} has no rows with a value of "${signature.target}"`, {
      hint: 'Give at least one row to test with.',
    });
  }
  const file = join(settings.model, MODEL_FILES.onnx);
  const scores = await scoreFile(file, signature, columns, labels.length).catch((cause: unknown) => {
    throw new CrisolError('MODEL_INVALID', `${file} could not be run`, { cause });
  });
  const evaluation = evaluate(labels, scores.probabilities, signature.classes);
  if (settings.out !== undefined) await writeJson(settings.out, flatMetrics(evaluation));
  return evaluation;
}

async function readTestRows(table: Table, signature: Signature): Promise<{ columns: Column[]; labels: string[] }> {
  const targets = await table.texts(signature.target);
  const kept = [...targets.keys()].filter((row) => targets[row] !== null);
  const columns: Column[] = [];
  for (const { name, kind } of signature.inputs) {
    if (kind === 'number') {
      const all = await table.numbers(name);
      columns.push({ kind, name, values: Float64Array.from(kept, (row) => all[row] ?? Number.NaN) });
    } else {
      const all = await table.texts(name);
      columns.push({ kind, name, values: kept.map((row) => all[row] ?? '') });
    }
  }
  return { columns, labels: kept.map((row) => targets[row] ?? '') };
}

/** One number a name: what is logged, written to the metrics file and kept with a registered version. */
export function flatMetrics(evaluation: Evaluation): Record<string, number> {
  const { rows: _, classes, ...metrics } = evaluation;
  const flat: Record<string, number> = { ...metrics };
  for (const [label, { precision, recall, f1 }] of Object.entries(classes)) {
    const name = metricName(label);
    flat[`precision_${name}`] = precision;
    flat[`recall_${name}`] = recall;
    flat[`f1_${name}`] = f1;
  }
  return flat;
}

/** Metric names may hold letters of any script, digits, `_`, `-`, `.` and spaces. */
function metricName(label: string): string {
  return label.replaceAll(/[^\p{L}\p{N}_.\- ]/gu, '_').slice(0, 200);
}
