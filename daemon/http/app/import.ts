import { Type } from 'typebox';
import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import * as wire from '../../../schemas/wire/import.ts';
import type { Imports } from '../../import/index.ts';
import { QUESTION_LIMIT_BYTES } from '../json-body.ts';
import type { App } from '../server.ts';

const IMPORT = `${APP_PREFIX}/import`;
const RunParams = Type.Object({ run_id: Type.String() });
const ModelParams = Type.Object({ model_id: Type.String() });
const Nothing = Type.Object({});

/** For `crisol import`: what is handed over keeps its ids and times, which MLflow's own interface has no words for. */
export function importRoutes(app: App, imports: Imports): void {
  app.post(
    `${IMPORT}/experiments`,
    { schema: { body: wire.ImportExperiment, response: { 200: wire.ImportedExperiment } } },
    ({ body }) => imports.experiment(body),
  );

  const known = {
    schema: { body: wire.ImportIds, response: { 200: wire.ImportIds } },
    bodyLimit: QUESTION_LIMIT_BYTES,
  };
  app.post(`${IMPORT}/known`, known, ({ body }) => {
    return { ids: imports.known(body.ids) };
  });

  app.post(`${IMPORT}/runs`, { schema: { body: wire.ImportRun, response: { 200: wire.Imported } } }, ({ body }) =>
    imports.run(body),
  );

  app.post(
    `${IMPORT}/runs/:run_id/points`,
    { schema: { params: RunParams, body: wire.ImportPoints, response: { 200: wire.ImportedPoints } } },
    async ({ params, body }) => ({ added: await imports.points(params.run_id, body) }),
  );

  app.post(
    `${IMPORT}/runs/:run_id/complete`,
    { schema: { params: RunParams, body: wire.ImportComplete, response: { 200: Nothing } } },
    async ({ params, body }) => {
      await imports.complete(params.run_id, body.deleted);
      return {};
    },
  );

  app.post(
    `${IMPORT}/logged-models`,
    { schema: { body: wire.ImportLoggedModel, response: { 200: wire.Imported } } },
    ({ body }) => imports.loggedModel(body),
  );

  app.post(
    `${IMPORT}/logged-models/:model_id/complete`,
    { schema: { params: ModelParams, response: { 200: Nothing } } },
    async ({ params }) => {
      await imports.completeLoggedModel(params.model_id);
      return {};
    },
  );

  app.post(
    `${IMPORT}/models`,
    { schema: { body: wire.ImportModel, response: { 200: wire.ImportedModel } } },
    ({ body }) => imports.model(body),
  );
}
