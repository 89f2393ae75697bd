import { Type } from 'typebox';
import type { JsonObject } from '../../../schemas/language/json.ts';
import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import type { ConfiguredSweep } from '../../../schemas/wire/sweeps.ts';
import { ResumeSweep, StartSweep, SweepDetail, SweepList, SweepSummary } from '../../../schemas/wire/sweeps.ts';
import type { Sweeps } from '../../sweeps/index.ts';
import type { App } from '../server.ts';

const Params = Type.Object({ id: Type.String() });

interface SweepParts {
  sweeps: Sweeps;
  /** what crisol.yaml says of it */
  written(name: string): JsonObject;
  configured(): ConfiguredSweep[];
}

export function sweepRoutes(app: App, { sweeps, written, configured }: SweepParts): void {
  const base = `${APP_PREFIX}/sweeps`;
  app.get(base, { schema: { response: { 200: SweepList } } }, () => ({
    sweeps: sweeps.list(),
    configured: configured(),
  }));
  app.post(base, { schema: { body: StartSweep, response: { 200: SweepSummary } } }, ({ body: { name, ...wanted } }) =>
    sweeps.start(name, written(name), wanted),
  );
  app.get(`${base}/:id`, { schema: { params: Params, response: { 200: SweepDetail } } }, ({ params }) =>
    sweeps.get(params.id),
  );
  app.post(`${base}/:id/cancel`, { schema: { params: Params, response: { 200: SweepSummary } } }, ({ params }) =>
    sweeps.cancel(params.id),
  );
  app.post(
    `${base}/:id/resume`,
    { schema: { params: Params, body: ResumeSweep, response: { 200: SweepSummary } } },
    ({ params, body }) => sweeps.resume(params.id, body),
  );
}
