import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { SearchError } from '../../schemas/search/index.ts';
import { asCrisolError, CrisolError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { asStoreError } from '../store/index.ts';
import { whyNotKept } from './mlflow/not-kept.ts';

/** Errors become wire shape here and nowhere else. */
export function failureHandler(logger: Logger) {
  return (thrown: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const failure = translate(thrown);
    if (failure.status >= 500) {
      logger.error(
        { err: failure.cause ?? failure, code: failure.code, path: request.routeOptions?.url },
        failure.message,
      );
    }
    void reply.code(failure.status).send(failure.toBody());
  };
}

function translate(thrown: unknown): CrisolError {
  if (thrown instanceof SearchError) {
    const hint = `Look at character ${thrown.at + 1} of the filter or order.`;
    return new CrisolError('INVALID_PARAMETER_VALUE', thrown.message, { hint });
  }
  // short reads of a room are not wrapped: a damaged file shows there, too
  if (!isFastifyError(thrown)) return asCrisolError(asStoreError(thrown, 'The store'));
  const cause = { cause: thrown };
  if (thrown.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new CrisolError('HTTP_BODY_TOO_LARGE', 'The body is larger than the daemon takes.', cause);
  }
  if (thrown.code === 'FST_ERR_BAD_URL') return new CrisolError('BAD_REQUEST', thrown.message, cause);
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

export function unknownRoute({ method, url, headers }: FastifyRequest): never {
  const [path = ''] = url.split('?');
  const notKept = whyNotKept(path);
  if (notKept !== undefined) throw new CrisolError('ENDPOINT_NOT_FOUND', notKept);
  const meant = isOfOtherAddress(path)
    ? ` The address of Crisol ends with its port: set MLFLOW_TRACKING_URI to http://${headers.host}.`
    : '';
  throw new CrisolError('ENDPOINT_NOT_FOUND', `There is no ${method} ${path}.${meant}`);
}

/** MLflow's client puts its paths behind whatever it was given: one of its links, whose end is never sent, or a path. */
function isOfOtherAddress(path: string): boolean {
  return path === '/' || /^\/.*\/(ajax-)?api\/\d\.0\/mlflow/.test(path);
}

const STATUS_OF_PARSER: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** What Node's parser could not read: there is no request yet, only a socket. */
export function unreadableRequest({ code = '' }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = STATUS_OF_PARSER[code] ?? 400;
  const body = JSON.stringify(new CrisolError('BAD_REQUEST', `The request could not be read (${code}).`).toBody());
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, 'Connection: close', 'Content-Type: application/json'];
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
