import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import fastify from 'fastify';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import { CrisolError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { failureHandler, unknownRoute, unreadableRequest } from './failures.ts';
import type { Guard } from './guard.ts';
import { BODY_LIMIT_BYTES, readJsonBodies } from './json-body.ts';
import { listLimits } from './list-limits.ts';
import { whenNeeded } from './when-needed.ts';

/** What plugins of rooms get: routes whose types come from their TypeBox schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface HttpOptions {
  guard: Guard;
  logger: Logger;
  /** told of each request that was let in, for idling */
  onRequest: () => void;
}

export function createHttp({ guard, logger, onRequest }: HttpOptions): App {
  const onFailure = failureHandler(logger);
  const app = fastify({
    logger: false,
    clientErrorHandler: unreadableRequest,
    frameworkErrors: onFailure,
    bodyLimit: BODY_LIMIT_BYTES,
    routerOptions: { maxParamLength: 1000 },
    // a client that hangs up must not hold the daemon back when it ends
    forceCloseConnections: true,
    schemaController: { compilersFactory },
  }).withTypeProvider<TypeBoxTypeProvider>();
  readJsonBodies(app);
  app.setErrorHandler(onFailure);
  app.setNotFoundHandler(unknownRoute);
  app.addHook('onRequest', (request, _reply, done) => {
    guard.check(request.raw);
    onRequest();
    done();
  });
  app.get('/health', () => ({ status: 'ok' }));
  app.get('/ping', () => 'pong');
  return app;
}

const validator: typeof TypeBoxValidatorCompiler = (route) => {
  const validate = whenNeeded(() => compiled(route));
  const count = listLimits(route.schema);
  if (!count) return validate;
  return (value: unknown) => {
    try {
      count(value, '');
      return validate(value);
    } catch (failure) {
      if (failure instanceof CrisolError) return { error: failure };
      throw failure;
    }
  };
};

/** As the type provider's own, which brings Ajv with it, for formats that nobody asks for. */
const compiled: typeof TypeBoxValidatorCompiler = ({ schema, httpPart }) => {
  const check = Compile(schema);
  return (value: unknown) => {
    const converted = httpPart === 'body' ? value : Value.Convert(schema, value);
    return check.Check(converted) ? { value: converted } : { error: check.Errors(converted) };
  };
};

/** What would be made for each schema of an answer takes a new daemon longer than its first answers, and is no faster than this. */
const compilersFactory = {
  buildSerializer: () => () => JSON.stringify,
  // its type knows only Ajv, which is not even loaded
  buildValidator: () => validator as never,
};

/** Listens where the last daemon of this workspace did, if that port is still free, else on any. */
export async function listen(app: App, wantedPort: number): Promise<number> {
  try {
    await app.listen({ host: '127.0.0.1', port: wantedPort });
  } catch (failure) {
    if (!isPortTaken(failure) || wantedPort === 0) throw failure;
    await app.listen({ host: '127.0.0.1', port: 0 });
  }
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

function isPortTaken(failure: unknown): boolean {
  return failure instanceof Error && 'code' in failure && (failure.code === 'EADDRINUSE' || failure.code === 'EACCES');
}
