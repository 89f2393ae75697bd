import type { MlflowDatasetSummary, DatasetInput as SentInput } from '../../../schemas/external/mlflow/inputs.ts';
import * as requests from '../../../schemas/external/mlflow/inputs.ts';
import { CrisolError } from '../../base/errors.ts';
import type { DatasetInput, Tracking } from '../../tracking/index.ts';
import { QUESTION_LIMIT_BYTES } from '../json-body.ts';
import type { App } from '../server.ts';
import { LOGGED_MODELS_TAG, readModelEntry, withModelEntry } from './legacy-models.ts';
import { checkKeysUnique, checkLength } from './limits.ts';
import { unlessEmpty } from './translate.ts';

const CONTEXT_TAG = 'mlflow.data.context';
const MAX_SEARCHED_EXPERIMENTS = 20;

export function inputRoutes(app: App, prefix: string, { inputs, log }: Tracking): void {
  app.post(`${prefix}/runs/log-inputs`, { schema: { body: requests.LogInputs } }, async ({ body }) => {
    const { run_id, datasets = [], models = [] } = body;
    const modelIds = models.map(({ model_id }) => model_id);
    await inputs.log(run_id, datasets.map(asDatasetInput), modelIds);
    return {};
  });

  app.post(`${prefix}/runs/outputs`, { schema: { body: requests.LogOutputs } }, async ({ body }) => {
    const models = body.models.map(({ model_id, step = 0 }) => ({ model_id, step }));
    await inputs.logOutputs(body.run_id, models);
    return {};
  });

  app.post(`${prefix}/runs/log-model`, { schema: { body: requests.LogModel } }, async ({ body }) => {
    const entry = readModelEntry(body.model_json);
    await log.changeTag(body.run_id, LOGGED_MODELS_TAG, (before) => withModelEntry(before, entry));
    return {};
  });
}

interface FoundDatasets {
  dataset_summaries?: MlflowDatasetSummary[];
}

/** Only MLflow's own pages ask for it: it is under their prefix alone. */
export function datasetSearchRoute(app: App, prefix: string, { inputs }: Tracking): void {
  app.post(
    `${prefix}/experiments/search-datasets`,
    { schema: { body: requests.SearchDatasets }, bodyLimit: QUESTION_LIMIT_BYTES },
    ({ body }): FoundDatasets => {
      const { experiment_ids = [] } = body;
      if (experiment_ids.length === 0) {
        throw refused('SearchDatasets request must specify at least one experiment_id.');
      }
      if (experiment_ids.length > MAX_SEARCHED_EXPERIMENTS) {
        throw refused(
          `SearchDatasets request cannot specify more than ${MAX_SEARCHED_EXPERIMENTS} experiment_ids. ` +
            `Received ${experiment_ids.length} experiment_ids.`,
        );
      }
      return { dataset_summaries: unlessEmpty(inputs.datasets(experiment_ids)) };
    },
  );
}

function asDatasetInput({ dataset, tags: sent = [] }: SentInput): DatasetInput {
  const { source_type = '', source = '', ...named } = dataset;
  checkLength('name', named.name, 500);
  checkLength('digest', named.digest, 36);
  checkLength('source', source, 65_535);
  checkLength('schema', named.schema ?? '', 1_048_575);
  checkLength('profile', named.profile ?? '', 16_777_215);
  const tags = sent.map(({ key, value = '' }) => {
    return { key: checkLength('key', key, 255), value: checkLength('value', value, 500) };
  });
  checkKeysUnique(tags, 'tag');
  const context = tags.find(({ key }) => key === CONTEXT_TAG)?.value;
  return { dataset: { ...named, source_type, source }, context, tags };
}

function refused(message: string): CrisolError {
  return new CrisolError('INVALID_PARAMETER_VALUE', message);
}
