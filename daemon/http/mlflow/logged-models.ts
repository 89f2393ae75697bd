import * as requests from '../../../schemas/external/mlflow/logged-models.ts';
import type { Tracking } from '../../tracking/index.ts';
import { QUESTION_LIMIT_BYTES } from '../json-body.ts';
import { sendJsonText } from '../json-text.ts';
import type { App } from '../server.ts';
import type { ArtifactRooms } from './artifacts.ts';
import { listBelow } from './artifacts.ts';
import { checkKeysUnique, checkModelName } from './limits.ts';
import { findLoggedModels } from './search-logged-models.ts';
import { artifactLocations, asPairs, modelArtifactUri, statusOf, toLoggedModel } from './translate-models.ts';

export function loggedModelRoutes(app: App, prefix: string, { tracking, artifacts }: ArtifactRooms): void {
  const { loggedModels, experiments } = tracking;
  const model = `${prefix}/logged-models/:model_id`;
  const params = requests.LoggedModelPath;
  labelRoutes(app, model, tracking);

  app.post(`${prefix}/logged-models`, { schema: { body: requests.CreateLoggedModel } }, async ({ body }) => {
    const made = await loggedModels.create({
      ...body,
      name: body.name && checkModelName(body.name),
      params: checkKeysUnique(asPairs(body.params), 'parameter'),
      tags: checkKeysUnique(asPairs(body.tags), 'tag'),
    });
    return { model: toLoggedModel(made, artifactLocations(tracking)) };
  });

  const search = { schema: { body: requests.SearchLoggedModels }, bodyLimit: QUESTION_LIMIT_BYTES };
  app.post(`${prefix}/logged-models/search`, search, async ({ body }, reply) => {
    return sendJsonText(reply, findLoggedModels(tracking, body));
  });

  app.get(model, { schema: { params, querystring: requests.GetLoggedModel } }, ({ params: { model_id }, query }) => {
    const deleted = query.allow_deleted?.toLowerCase() === 'true';
    return { model: toLoggedModel(loggedModels.get(model_id, { deleted }), artifactLocations(tracking)) };
  });

  app.patch(model, { schema: { params, body: requests.FinalizeLoggedModel } }, async ({ body }) => {
    return {
      model: toLoggedModel(
        await loggedModels.finalize(body.model_id, statusOf(body.status)),
        artifactLocations(tracking),
      ),
    };
  });

  app.delete(model, { schema: { params } }, async ({ params: { model_id } }) => {
    await loggedModels.delete(model_id);
    return {};
  });

  app.get(
    `${model}/artifacts/directories`,
    { schema: { params, querystring: requests.ListLoggedModelArtifacts } },
    ({ params: { model_id }, query }) => {
      const found = loggedModels.get(model_id);
      const uri = modelArtifactUri(found, experiments.get(found.experiment_id).artifact_location);
      return listBelow(artifacts, uri, query.artifact_directory_path);
    },
  );
}

/** What a model is given after it was made. */
function labelRoutes(app: App, model: string, { loggedModels }: Tracking): void {
  const params = requests.LoggedModelPath;

  app.post(`${model}/params`, { schema: { params, body: requests.LogLoggedModelParams } }, async ({ body }) => {
    await loggedModels.logParams(body.model_id, asPairs(body.params));
    return {};
  });

  app.patch(
    `${model}/tags`,
    { schema: { params, body: requests.SetLoggedModelTags } },
    async ({ params: { model_id }, body }) => {
      await loggedModels.setTags(model_id, asPairs(body.tags));
      return {};
    },
  );

  app.delete(`${model}/tags/:tag_key`, { schema: { params: requests.LoggedModelTagPath } }, async ({ params }) => {
    await loggedModels.deleteTag(params.model_id, params.tag_key);
    return {};
  });
}
