import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { RouteOptions } from 'fastify';
import fastify from 'fastify';
import { VERSION } from '../../schemas/version.ts';
import { lazily } from '../base/lazily.ts';
import type { App } from './server.ts';

const OPENAPI = {
  openapi: '3.1.0',
  info: { title: 'Crisol', version: VERSION, description: "Crisol's daemon: MLflow's REST calls, and its own." },
  components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  security: [{ token: [] }],
} satisfies FastifyDynamicSwaggerOptions['openapi'];

/** Routes, as apps get them. */
export class RouteBook {
  private readonly routes: RouteOptions[] = [];

  /** Those that it gets from now on. */
  note(app: App): App {
    return app.addHook('onRoute', (route) => void this.routes.push(route));
  }

  /**
   * `/docs`: the whole interface as an OpenAPI document, made from the schemas that also validate. Nobody waits for it at
   * the start: it is written when it is first asked for. `complete`: makes the routes that are not there yet.
   */
  page(app: App, complete: () => Promise<unknown>): void {
    const written = lazily(async () => {
      await complete();
      return write(this.routes);
    });
    app.get('/docs', { schema: { hide: true } }, written);
  }
}

async function write(routes: readonly RouteOptions[]): Promise<object> {
  const { default: swagger } = await import('@fastify/swagger');
  const book = fastify({ exposeHeadRoutes: false });
  // nobody sends it anything
  book.setValidatorCompiler(() => () => true);
  book.setSerializerCompiler(() => () => '');
  await book.register(swagger, { openapi: OPENAPI });
  const asked = routes.filter(({ method }) => method !== 'HEAD');
  for (const { method, url, schema } of asked) book.route({ method, url, schema, handler: () => {} });
  await book.ready();
  return book.swagger();
}
