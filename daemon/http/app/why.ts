import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import { WhyAnswer, WhyRequest } from '../../../schemas/wire/why.ts';
import type { App } from '../server.ts';

export interface WhyPort {
  why(step: string, params?: Record<string, string>): Promise<WhyAnswer>;
}

export function whyRoutes(app: App, pipelines: WhyPort): void {
  const schema = { body: WhyRequest, response: { 200: WhyAnswer } };
  app.post(`${APP_PREFIX}/pipelines/why`, { schema }, ({ body }) => pipelines.why(body.step, body.params));
}
