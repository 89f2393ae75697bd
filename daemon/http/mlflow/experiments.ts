import * as requests from '../../../schemas/external/mlflow/experiments.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Tracking } from '../../tracking/index.ts';
import { QUESTION_LIMIT_BYTES } from '../json-body.ts';
import type { App } from '../server.ts';
import { asExperimentTag, checkExperimentName, checkKey } from './limits.ts';
import { findExperiments } from './search-experiments.ts';
import { toExperiment } from './translate.ts';

export function experimentRoutes(app: App, prefix: string, { experiments }: Tracking): void {
  const at = (name: string) => `${prefix}/experiments/${name}`;

  app.post(at('create'), { schema: { body: requests.CreateExperiment } }, async ({ body }) => {
    const { artifact_location, tags = [] } = body;
    const name = checkExperimentName(body.name);
    const made = await experiments.create({ name, artifact_location, tags: tags.map(asExperimentTag) });
    return { experiment_id: made.experiment_id };
  });

  app.get(at('get'), { schema: { querystring: requests.ExperimentById } }, ({ query }) => {
    return { experiment: toExperiment(experiments.get(query.experiment_id)) };
  });

  app.get(at('get-by-name'), { schema: { querystring: requests.ExperimentByName } }, ({ query }) => {
    const found = experiments.findByName(query.experiment_name);
    if (found) return { experiment: toExperiment(found) };
    throw new CrisolError('RESOURCE_DOES_NOT_EXIST', `Could not find experiment with name '${query.experiment_name}'`);
  });

  const search = { schema: { body: requests.SearchExperiments }, bodyLimit: QUESTION_LIMIT_BYTES };
  app.post(at('search'), search, ({ body }) => {
    return findExperiments(experiments, body);
  });
  app.get(at('search'), { schema: { querystring: requests.SearchExperiments } }, ({ query }) => {
    return findExperiments(experiments, query);
  });

  app.post(at('update'), { schema: { body: requests.RenameExperiment } }, async ({ body }) => {
    await experiments.rename(body.experiment_id, checkExperimentName(body.new_name));
    return {};
  });

  app.post(at('delete'), { schema: { body: requests.ExperimentById } }, async ({ body }) => {
    await experiments.delete(body.experiment_id);
    return {};
  });

  app.post(at('restore'), { schema: { body: requests.ExperimentById } }, async ({ body }) => {
    await experiments.restore(body.experiment_id);
    return {};
  });

  app.post(at('set-experiment-tag'), { schema: { body: requests.SetExperimentTag } }, async ({ body }) => {
    await experiments.setTag(body.experiment_id, asExperimentTag(body));
    return {};
  });

  app.post(at('delete-experiment-tag'), { schema: { body: requests.DeleteExperimentTag } }, async ({ body }) => {
    await experiments.deleteTag(body.experiment_id, checkKey(body.key, 'key', 'key'));
    return {};
  });
}
