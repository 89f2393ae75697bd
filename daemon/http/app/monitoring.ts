import { Type } from 'typebox';
import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import { DriftReport, MonitorList } from '../../../schemas/wire/monitoring.ts';
import type { Monitoring } from '../../monitoring/index.ts';
import type { App } from '../server.ts';

const Params = Type.Object({ name: Type.String() });

export function monitoringRoutes(app: App, monitoring: Monitoring): void {
  const base = `${APP_PREFIX}/monitors`;
  app.get(base, { schema: { response: { 200: MonitorList } } }, () => ({ monitors: monitoring.summaries() }));
  app.get(`${base}/:name`, { schema: { params: Params, response: { 200: DriftReport } } }, (request) =>
    monitoring.report(request.params.name),
  );
}
