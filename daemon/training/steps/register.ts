import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { BuiltInSettings } from '../../../schemas/language/grammar/built-in-steps.ts';
import { MetricNumber } from '../../../schemas/wire/common.ts';
import { CrisolError } from '../../base/errors.ts';
import type { StepContext } from './context.ts';
import { requireTracking } from './context.ts';

const Metrics = Type.Record(Type.String(), MetricNumber);

export async function registerStep(settings: BuiltInSettings<'register'>, context: StepContext): Promise<void> {
  const tracking = requireTracking(context);
  const { name, model, metrics, stage, description } = settings;
  const version = await tracking.register(name, {
    folder: resolve(model),
    run_id: context.runId,
    stage,
    description,
    metrics: metrics === undefined ? undefined : await readMetrics(metrics),
  });
  context.say(`${name} version ${version}`);
}

async function readMetrics(path: string): Promise<Record<string, MetricNumber>> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CrisolError('FILE_NOT_FOUND', `there is no file ${path}`, { cause });
  });
  try {
    const metrics: unknown = JSON.parse(text);
    if (Value.Check(Metrics, metrics)) return metrics;
  } catch {
    // not JSON: said below
  }
  throw new CrisolError('INVALID_PARAMETER_VALUE', `${path} does not hold metrics as \`evaluate\` writes them`);
}
