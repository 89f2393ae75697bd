import type { Static } from 'typebox';
import { Type } from 'typebox';
import { KeyValue, maybeText, maybeTexts, maybeWhole, ofRun, text, texts } from './common.ts';

export const MlflowMetric = Type.Object({
  key: text,
  /** NaN and the infinities may come as words */
  value: Type.Number(),
  timestamp: Type.Integer(),
  step: maybeWhole,
  model_id: maybeText,
  dataset_name: maybeText,
  dataset_digest: maybeText,
});
export type MlflowMetric = Static<typeof MlflowMetric>;

export const LogMetric = ofRun(MlflowMetric.properties);
/** Far more than a batch may have: MLflow says it in other words, after having read them all. */
const manyTimes = { maxItems: 10_000 };
export const LogBatch = ofRun({
  metrics: Type.Optional(Type.Array(MlflowMetric, manyTimes)),
  params: Type.Optional(Type.Array(KeyValue, manyTimes)),
  tags: Type.Optional(Type.Array(KeyValue, manyTimes)),
});
export const GetHistory = ofRun({ metric_key: text, max_results: maybeWhole, page_token: maybeText });
/** of one metric of several runs, each whole */
export const GetHistoryBulk = Type.Object({ run_id: maybeTexts, metric_key: maybeText, max_results: maybeWhole });
/** of one metric of several runs, each as so many points of the steps in between */
export const GetHistoryBulkInterval = Type.Object({
  run_ids: texts,
  metric_key: text,
  start_step: maybeWhole,
  end_step: maybeWhole,
  max_results: maybeWhole,
});
