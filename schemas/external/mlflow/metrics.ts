import type { Static } from 'typebox';
import { Type } from 'typebox';
import { KeyValue, maybeTags, maybeText, maybeWhole, ofRun, text } from './common.ts';

export const MlflowMetric = Type.Object({
  key: text,
  /** NaN and the infinities may come as words */
  value: Type.Number(),
  timestamp: Type.Integer(),
  step: maybeWhole,
});
export type MlflowMetric = Static<typeof MlflowMetric>;

export const LogMetric = ofRun(MlflowMetric.properties);
export const LogBatch = ofRun({
  metrics: Type.Optional(Type.Array(MlflowMetric)),
  params: Type.Optional(Type.Array(KeyValue)),
  tags: maybeTags,
});
export const GetHistory = ofRun({ metric_key: text, max_results: maybeWhole, page_token: maybeText });
