import type { FeatureRecord, Prediction } from '../../../schemas/wire/serving.ts';
import type { Clock } from '../../base/clock.ts';
import { CrisolError } from '../../base/errors.ts';
import type { ReportedPrediction } from '../protocol.ts';
import type { Engine, LoadedModel } from './engine.ts';
import { toFeeds } from './feeds.ts';
import type { Outputs } from './thread-protocol.ts';

export interface Answered {
  model: LoadedModel;
  outputs: Outputs;
  predictions: Prediction[];
  latency_ms: number;
}

export interface PredictorDeps {
  engine: Engine;
  clock: Clock;
  onAnswer(answer: Answered): void;
  report(predictions: ReportedPrediction[]): void;
}

/** The one way from records to predictions, whatever protocol they came in: check, infer, count, report. */
export class Predictor {
  private readonly deps: PredictorDeps;

  constructor(deps: PredictorDeps) {
    this.deps = deps;
  }

  async predict(records: readonly FeatureRecord[]): Promise<Answered> {
    const started = performance.now();
    const model = this.deps.engine.current;
    const feeds = toFeeds(model.signature, records);
    const outputs = feeds.rows > 0 ? await model.thread.run(feeds) : { labels: [], probabilities: new Float32Array() };
    refuseNaN(outputs, records, model.signature.classes.length);
    const predictions = toPredictions(outputs, model.signature.classes);
    const answer = { model, outputs, predictions, latency_ms: Math.round((performance.now() - started) * 1000) / 1000 };
    this.deps.onAnswer(answer);
    this.deps.report(this.toReport(answer, records));
    return answer;
  }

  private toReport(
    { model, predictions, latency_ms }: Answered,
    records: readonly FeatureRecord[],
  ): ReportedPrediction[] {
    const at = this.deps.clock.now();
    const { model: name, version } = model.location;
    return predictions.map(({ label, probabilities }, row) => {
      return { record: records[row] ?? {}, label, probabilities, at, latency_ms, model: name, version };
    });
  }
}

function toPredictions({ labels, probabilities }: Outputs, classes: readonly string[]): Prediction[] {
  return labels.map((label, row) => {
    const shares = classes.map((name, column) => [name, probabilities[row * classes.length + column] ?? 0] as const);
    return { label, probabilities: Object.fromEntries(shares) };
  });
}

/** A model that can't do without a value answers NaN; that is no prediction, and the missing column is the reason. */
function refuseNaN({ probabilities }: Outputs, records: readonly FeatureRecord[], classes: number): void {
  const bad = probabilities.findIndex((share) => !Number.isFinite(share));
  if (bad < 0) return;
  const row = Math.floor(bad / classes);
  const missing = Object.entries(records[row] ?? {}).find(([, value]) => value === null)?.[0];
  const where = records.length > 1 ? ` (row ${row + 1})` : '';
  throw new CrisolError(
    'ENDPOINT_INPUT_INVALID',
    missing === undefined
      ? `The model has no finite answer for this record${where}; its values may be far outside what it was trained on.`
      : `Column "${missing}"${where} is null, and this model has no answer without it.`,
  );
}
