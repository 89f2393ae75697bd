import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { asCrisolError, CrisolError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';

/** Errors become wire shape here and nowhere else. */
export function failureHandler(logger: Logger) {
  return (thrown: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const failure = translate(thrown);
    if (failure.status >= 500) {
      logger.error(
        { err: failure.cause ?? failure, code: failure.code, path: request.routeOptions.url },
        failure.message,
      );
    }
    void reply.code(failure.status).send(failure.toBody());
  };
}

function translate(thrown: unknown): CrisolError {
  if (!isFastifyError(thrown)) return asCrisolError(thrown);
  const cause = { cause: thrown };
  if (thrown.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new CrisolError('HTTP_BODY_TOO_LARGE', 'The body is larger than the daemon takes.', cause);
  }
  if (thrown.validation) return new CrisolError('INVALID_PARAMETER_VALUE', thrown.message, cause);
  if (thrown.statusCode !== undefined && thrown.statusCode < 500) {
    return new CrisolError('HTTP_BODY_INVALID', thrown.message, cause);
  }
  return asCrisolError(thrown);
}

function isFastifyError(thrown: unknown): thrown is FastifyError {
  // a SyntaxError of the JSON parser carries statusCode, too
  return (
    thrown instanceof Error && !(thrown instanceof CrisolError) && ('statusCode' in thrown || 'validation' in thrown)
  );
}

export function unknownRoute(request: FastifyRequest): never {
  throw new CrisolError('ENDPOINT_NOT_FOUND', `There is no ${request.method} ${request.url.split('?')[0]}.`);
}
