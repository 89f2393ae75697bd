import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import { ShutdownRequest, Status } from '../../../schemas/wire/system.ts';
import type { App } from '../server.ts';

export interface SystemPort {
  status(): Status;
  shutdown(when: ShutdownRequest['when']): void;
}

export function systemRoutes(app: App, system: SystemPort): void {
  app.get(`${APP_PREFIX}/status`, { schema: { response: { 200: Status } } }, () => system.status());
  app.post(`${APP_PREFIX}/shutdown`, { schema: { body: ShutdownRequest } }, (request) => {
    system.shutdown(request.body.when);
    return {};
  });
}
