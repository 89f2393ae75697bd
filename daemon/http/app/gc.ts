import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import { GcReport, GcRequest } from '../../../schemas/wire/gc.ts';
import type { App } from '../server.ts';

export interface GarbagePort {
  collect(request: GcRequest): Promise<GcReport>;
}

export function gcRoutes(app: App, garbage: GarbagePort): void {
  app.post(`${APP_PREFIX}/gc`, { schema: { body: GcRequest, response: { 200: GcReport } } }, ({ body }) => {
    return garbage.collect(body);
  });
}
