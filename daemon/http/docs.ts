import swagger from '@fastify/swagger';
import { VERSION } from '../../schemas/version.ts';
import type { App } from './server.ts';

/** `/docs`: the whole interface as an OpenAPI document, made from the schemas that also validate. */
export async function docsPage(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Crisol', version: VERSION, description: "Crisol's daemon: MLflow's REST calls, and its own." },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
  });
  app.get('/docs', { schema: { hide: true } }, () => app.swagger());
}
