import { Type } from 'typebox';
import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import {
  LogFinding,
  LogPlace,
  LogSearch,
  Notice,
  PipelineForecast,
  PipelineOverview,
  PipelineRun,
  StartPipeline,
  StepLog,
} from '../../../schemas/wire/pipelines.ts';
import { ChoosePython, PythonAnswer } from '../../../schemas/wire/python.ts';
import type { Pipelines } from '../../pipelines/index.ts';
import type { App } from '../server.ts';

const RunParams = Type.Object({ run_id: Type.String() });
const LogParams = Type.Object({ run_id: Type.String(), step: Type.String() });
export function pipelineRoutes(app: App, pipelines: Pipelines): void {
  const base = `${APP_PREFIX}/pipelines`;
  app.get(base, { schema: { response: { 200: PipelineOverview } } }, () => pipelines.overview());
  app.post(`${base}/runs`, { schema: { body: StartPipeline, response: { 200: PipelineRun } } }, (request) =>
    pipelines.start(request.body),
  );
  app.get(`${base}/runs/:run_id`, { schema: { params: RunParams, response: { 200: PipelineRun } } }, (request) =>
    pipelines.get(request.params.run_id),
  );
  app.post(
    `${base}/runs/:run_id/cancel`,
    { schema: { params: RunParams, response: { 200: PipelineRun } } },
    (request) => pipelines.cancel(request.params.run_id),
  );
  app.post(
    `${base}/runs/:run_id/steps/:step/cancel`,
    { schema: { params: LogParams, response: { 200: PipelineRun } } },
    (request) => pipelines.cancel(request.params.run_id, request.params.step),
  );
  app.post(
    `${base}/runs/:run_id/resume`,
    { schema: { params: RunParams, response: { 200: PipelineRun } } },
    (request) => pipelines.resume(request.params.run_id),
  );
  app.post(`${base}/runs/:run_id/notice`, { schema: { params: RunParams, response: { 200: Notice } } }, (request) => ({
    yours: pipelines.takeNotice(request.params.run_id),
  }));
  app.post(`${base}/forecast`, { schema: { body: StartPipeline, response: { 200: PipelineForecast } } }, (request) =>
    pipelines.forecast(request.body),
  );
  app.get(`${base}/python`, { schema: { response: { 200: PythonAnswer } } }, () => pipelines.python());
  app.post(`${base}/python`, { schema: { body: ChoosePython, response: { 200: PythonAnswer } } }, (request) =>
    pipelines.choosePython(request.body.path),
  );
  app.get(
    `${base}/runs/:run_id/logs/:step`,
    { schema: { params: LogParams, querystring: LogPlace, response: { 200: StepLog } } },
    ({ params, query }) => pipelines.logs.read(params.run_id, params.step, query),
  );
  app.get(
    `${base}/runs/:run_id/logs/:step/search`,
    { schema: { params: LogParams, querystring: LogSearch, response: { 200: LogFinding } } },
    ({ params, query }) => pipelines.logs.search(params.run_id, params.step, query),
  );
}
