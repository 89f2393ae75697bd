import { Type } from 'typebox';
import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import {
  DeleteRuns,
  MovedRuns,
  MoveRuns,
  Naming,
  RunTagChange,
  SomeRuns,
  TagChange,
} from '../../../schemas/wire/run-changes.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Tracking } from '../../tracking/index.ts';
import { asExperimentTag, asTag, checkExperimentName, checkLength } from '../mlflow/limits.ts';
import type { App } from '../server.ts';

const EXPERIMENTS = `${APP_PREFIX}/experiments`;
const RUNS = `${APP_PREFIX}/runs`;
const MAX_RUN_NAME = 250;
const OfExperiment = Type.Object({ experiment_id: Type.String() });
const OfRun = Type.Object({ run_id: Type.String() });
const Done = Type.Object({});
const ofExperiment = { params: OfExperiment, response: { 200: Done } };

/** What a person does to experiments and runs. */
export function runChangeRoutes(app: App, tracking: Tracking): void {
  experimentRoutes(app, tracking);
  runRoutes(app, tracking);
}

function experimentRoutes(app: App, { experiments }: Tracking): void {
  const Made = Type.Object({ experiment_id: Type.String() });
  app.post(EXPERIMENTS, { schema: { body: Naming, response: { 200: Made } } }, async ({ body }) => {
    const { experiment_id } = await experiments.create({ name: checkExperimentName(nameIn(body, 'experiment')) });
    return { experiment_id };
  });

  app.post(
    `${EXPERIMENTS}/:experiment_id/rename`,
    { schema: { ...ofExperiment, body: Naming } },
    async ({ params, body }) => {
      await experiments.rename(params.experiment_id, checkExperimentName(nameIn(body, 'experiment')));
      return {};
    },
  );

  app.post(`${EXPERIMENTS}/:experiment_id/delete`, { schema: ofExperiment }, async ({ params }) => {
    await experiments.delete(params.experiment_id);
    return {};
  });

  app.post(`${EXPERIMENTS}/:experiment_id/restore`, { schema: ofExperiment }, async ({ params }) => {
    await experiments.restore(params.experiment_id);
    return {};
  });

  app.post(`${EXPERIMENTS}/:experiment_id/tags`, { schema: { ...ofExperiment, body: TagChange } }, async (request) => {
    const { key, value } = request.body;
    const { experiment_id } = request.params;
    if (value === undefined) await experiments.deleteTag(experiment_id, key);
    else await experiments.setTag(experiment_id, asExperimentTag({ key, value }));
    return {};
  });
}

function runRoutes(app: App, { runs, several }: Tracking): void {
  app.post(
    `${RUNS}/:run_id/rename`,
    { schema: { params: OfRun, body: Naming, response: { 200: Done } } },
    async ({ params, body }) => {
      await runs.update(params.run_id, { name: checkLength('name', nameIn(body, 'run'), MAX_RUN_NAME) });
      return {};
    },
  );

  app.post(`${RUNS}/tags`, { schema: { body: RunTagChange, response: { 200: Done } } }, async ({ body }) => {
    const { run_ids, key, value } = body;
    if (value === undefined) await several.deleteTag(run_ids, key);
    else await several.setTag(run_ids, asTag({ key, value }));
    return {};
  });

  app.post(`${RUNS}/delete`, { schema: { body: DeleteRuns, response: { 200: SomeRuns } } }, async ({ body }) => {
    return { run_ids: await several.delete(body.run_ids, { nested: body.nested ?? false }) };
  });

  app.post(`${RUNS}/restore`, { schema: { body: SomeRuns, response: { 200: Done } } }, async ({ body }) => {
    await several.restore(body.run_ids);
    return {};
  });

  app.post(`${RUNS}/move`, { schema: { body: MoveRuns, response: { 200: MovedRuns } } }, async ({ body }) => {
    return { moved: await several.move(body.run_ids, body.experiment_id) };
  });
}

function nameIn({ name }: Naming, what: 'experiment' | 'run'): string {
  const trimmed = name.trim();
  if (trimmed !== '') return trimmed;
  throw new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `An empty name is no name for ${what === 'run' ? 'a' : 'an'} ${what}.`,
  );
}
