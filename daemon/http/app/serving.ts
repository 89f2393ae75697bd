import { Type } from 'typebox';
import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import { EndpointDetail, EndpointList, StartEndpoint } from '../../../schemas/wire/serving.ts';
import type { Serving } from '../../serving/index.ts';
import type { App } from '../server.ts';

const Params = Type.Object({ name: Type.String() });

export function servingRoutes(app: App, serving: Serving): void {
  const base = `${APP_PREFIX}/endpoints`;
  app.get(base, { schema: { response: { 200: EndpointList } } }, () => ({ endpoints: serving.list() }));
  app.get(`${base}/:name`, { schema: { params: Params, response: { 200: EndpointDetail } } }, (request) =>
    serving.detail(request.params.name),
  );
  app.post(
    `${base}/:name/start`,
    { schema: { params: Params, body: StartEndpoint, response: { 200: EndpointDetail } } },
    (request) => serving.start(request.params.name, request.body.model_ref),
  );
  app.post(`${base}/:name/stop`, { schema: { params: Params, response: { 200: EndpointDetail } } }, (request) =>
    serving.stop(request.params.name),
  );
}
