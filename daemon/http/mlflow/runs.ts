import * as requests from '../../../schemas/external/mlflow/runs.ts';
import { stateOfStatus } from '../../../schemas/run-status.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Tracking } from '../../tracking/index.ts';
import { QUESTION_LIMIT_BYTES } from '../json-body.ts';
import { sendJsonText } from '../json-text.ts';
import type { App } from '../server.ts';
import { peerOf } from './clients.ts';
import { asTag } from './limits.ts';
import { runTexts } from './run-texts.ts';
import { findRuns } from './search-runs.ts';
import { splitName, toRun, toRunInfo } from './translate.ts';

const DEFAULT_EXPERIMENT = '0';

export function runRoutes(app: App, prefix: string, tracking: Tracking): void {
  const { runs } = tracking;
  const at = (name: string) => `${prefix}/runs/${name}`;

  app.post(at('create'), { schema: { body: requests.CreateRun } }, async (request) => {
    const run = await tracking.runs.start(newRun(request.body));
    tracking.provenance.observe(run.run_id, peerOf(request));
    return { run: toRun(run, undefined) };
  });

  app.get(at('get'), { schema: { querystring: requests.RunById } }, ({ query }) => {
    const run = runs.get(query.run_id);
    return { run: toRun(run, tracking.inputs.ofRuns([run.run_id]).get(run.run_id)) };
  });

  app.post(at('update'), { schema: { body: requests.UpdateRun } }, async (request) => {
    const { run_id, status, end_time, run_name } = request.body;
    // what is no status is ignored, as MLflow does
    const state = stateOfStatus(status);
    const run = await runs.update(run_id, { state, ended_at: end_time, name: run_name });
    // another script goes on with it, as the steps of a pipeline do
    if (state === 'running') tracking.provenance.observe(run_id, peerOf(request));
    return { run_info: toRunInfo(run) };
  });

  const search = { schema: { body: requests.SearchRuns }, bodyLimit: QUESTION_LIMIT_BYTES };
  app.post(at('search'), search, async ({ body }, reply) => {
    return sendJsonText(reply, runTexts(tracking, await findRuns(tracking, body)));
  });

  app.post(at('delete'), { schema: { body: requests.RunById } }, async ({ body }) => {
    await runs.delete(body.run_id);
    return {};
  });

  app.post(at('restore'), { schema: { body: requests.RunById } }, async ({ body }) => {
    await runs.restore(body.run_id);
    return {};
  });
}

function newRun({ experiment_id = DEFAULT_EXPERIMENT, user_id, run_name, start_time, tags = [] }: requests.CreateRun) {
  const given = splitName(tags.map((tag, index) => asTag(tag, `tags[${index}].`)));
  if (run_name && given.name && run_name !== given.name) {
    throw new CrisolError(
      'INVALID_PARAMETER_VALUE',
      "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values " +
        `(run_name='${run_name}', mlflow.runName='${given.name}').`,
    );
  }
  const user = user_id || given.tags.find(({ key }) => key === 'mlflow.user')?.value;
  return { experiment_id, user, started_at: start_time, name: run_name || given.name, tags: given.tags };
}
