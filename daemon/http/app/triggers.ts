import { Type } from 'typebox';
import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import {
  ActRequest,
  FireAnswer,
  FireTrigger,
  TriggerDetail,
  TriggerList,
  TriggerSummary,
} from '../../../schemas/wire/triggers.ts';
import type { Triggers } from '../../triggers/index.ts';
import type { App } from '../server.ts';

const Params = Type.Object({ name: Type.String() });
const Headers = Type.Object({ 'idempotency-key': Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) });

export function triggerRoutes(app: App, triggers: Triggers): void {
  const base = `${APP_PREFIX}/triggers`;
  app.get(base, { schema: { response: { 200: TriggerList } } }, () => triggers.list());
  app.post(base, { schema: { body: ActRequest, response: { 200: TriggerList } } }, async () => {
    await triggers.consent();
    return triggers.list();
  });
  app.get(`${base}/:name`, { schema: { params: Params, response: { 200: TriggerDetail } } }, ({ params }) =>
    triggers.detail(params.name),
  );
  app.post(
    `${base}/:name`,
    { schema: { params: Params, headers: Headers, body: FireTrigger, response: { 200: FireAnswer } } },
    ({ params, headers, body }) => triggers.fire(params.name, { idempotency_key: headers['idempotency-key'], ...body }),
  );
  app.post(`${base}/:name/pause`, { schema: { params: Params, response: { 200: TriggerSummary } } }, ({ params }) =>
    triggers.pause(params.name),
  );
  app.post(`${base}/:name/resume`, { schema: { params: Params, response: { 200: TriggerSummary } } }, ({ params }) =>
    triggers.resume(params.name),
  );
}
