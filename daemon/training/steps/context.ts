import { CrisolError } from '../../base/errors.ts';
import { TrackingClient } from '../tracking-client.ts';

/** What a step program has at hand. */
export interface StepContext {
  /** params of several steps share one run: the step's name keeps them apart */
  stepName: string;
  /** null: run by hand, with nowhere to log to */
  tracking: TrackingClient | null;
  /** whose model it is: the run of the pipeline, which has the metrics of all its steps; else the one that it logs to */
  runId: string | undefined;
  say(line: string): void;
}

export function contextFrom(env: NodeJS.ProcessEnv, kind: string): StepContext {
  const uri = env.MLFLOW_TRACKING_URI;
  return {
    stepName: env.CRISOL_STEP ?? kind,
    tracking: uri ? new TrackingClient({ uri, token: env.MLFLOW_TRACKING_TOKEN, runId: env.MLFLOW_RUN_ID }) : null,
    runId: env.CRISOL_RUN_ID ?? env.MLFLOW_RUN_ID,
    say: (line) => process.stdout.write(`${line}\n`),
  };
}

export async function logStepParams(
  { tracking, stepName }: StepContext,
  params: Record<string, string | number>,
): Promise<void> {
  const named = Object.entries(params).map(([key, value]) => [`${stepName}.${key}`, String(value)]);
  await tracking?.logParams(Object.fromEntries(named));
}

export function requireTracking({ tracking }: StepContext): TrackingClient {
  if (tracking !== null) return tracking;
  throw new CrisolError('DAEMON_UNREACHABLE', 'MLFLOW_TRACKING_URI does not say where the daemon is', {
    hint: 'Run the pipeline with `crisol run`, which sets it.',
  });
}
