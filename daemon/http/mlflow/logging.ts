import type { Static } from 'typebox';
import { LogBatch, LogMetric } from '../../../schemas/external/mlflow/metrics.ts';
import { DeleteTag, LogParam, SetTag } from '../../../schemas/external/mlflow/runs.ts';
import type { Batch, KeyValue, Tracking } from '../../tracking/index.ts';
import type { App } from '../server.ts';
import { asMetric, asParam, asTag, checkBatchSizes, checkKey, checkParamsUnique } from './limits.ts';
import { RUN_NAME_TAG, splitName } from './translate.ts';

export function loggingRoutes(app: App, prefix: string, tracking: Tracking): void {
  const { log, runs } = tracking;
  const at = (name: string) => `${prefix}/runs/${name}`;

  app.post(at('log-metric'), { schema: { body: LogMetric } }, async ({ body }) => {
    await log.metric(body.run_id, asMetric(body));
    return {};
  });

  app.post(at('log-parameter'), { schema: { body: LogParam } }, async ({ body }) => {
    await log.batch(body.run_id, { params: [asParam(body)] });
    return {};
  });

  app.post(at('log-batch'), { schema: { body: LogBatch } }, async ({ body }) => {
    const { name, batch } = readBatch(body);
    await log.batch(body.run_id, batch);
    if (name) await runs.update(body.run_id, { name });
    return {};
  });

  app.post(at('set-tag'), { schema: { body: SetTag } }, async ({ body }) => {
    await setTag(tracking, body.run_id, asTag(body));
    return {};
  });

  app.post(at('delete-tag'), { schema: { body: DeleteTag } }, async ({ body }) => {
    await log.deleteTag(body.run_id, checkKey(body.key, 'key', 'key'));
    return {};
  });
}

async function setTag({ log, runs }: Tracking, runId: string, tag: KeyValue): Promise<void> {
  if (tag.key === RUN_NAME_TAG) await runs.update(runId, { name: tag.value });
  else await log.batch(runId, { tags: [tag] });
}

function readBatch({ metrics = [], params = [], tags = [] }: Static<typeof LogBatch>): {
  name: string | undefined;
  batch: Batch;
} {
  checkBatchSizes(metrics.length, params.length, tags.length);
  const readParams = params.map((param, index) => asParam(param, `params[${index}].`));
  checkParamsUnique(readParams);
  const given = splitName(tags.map((tag, index) => asTag(tag, `tags[${index}].`)));
  const readMetrics = metrics.map((metric, index) => asMetric(metric, `metrics[${index}].`));
  return { name: given.name, batch: { metrics: readMetrics, params: readParams, tags: given.tags } };
}
