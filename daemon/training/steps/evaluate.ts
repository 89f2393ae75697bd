import type { EvaluateSettings } from '../index.ts';
import { evaluateModel, flatMetrics } from '../index.ts';
import type { StepContext } from './context.ts';

export async function evaluateStep(settings: EvaluateSettings, { tracking, say }: StepContext): Promise<void> {
  const evaluation = await evaluateModel(settings);
  const { rows, accuracy, f1_macro, log_loss } = evaluation;
  say(
    `${rows} rows: accuracy ${accuracy.toFixed(3)}, f1_macro ${f1_macro.toFixed(3)}, log_loss ${log_loss.toFixed(3)}`,
  );
  await tracking?.logMetrics(flatMetrics(evaluation), 0);
}
