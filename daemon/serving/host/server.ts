import type {
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  FastifySchemaValidationError,
} from 'fastify';
import { fastify } from 'fastify';
import type { ErrorCode } from '../../../schemas/errors.ts';
import { asCrisolError, CrisolError } from '../../base/errors.ts';
import { createGuard } from './guard.ts';
import type { HostParts } from './parts.ts';
import { inferenceRoutes } from './routes/inference.ts';
import { observationRoutes } from './routes/observation.ts';

const BODY_LIMIT = 16 * 1024 * 1024;

/** The host's HTTP interface: who may ask, what there is, and how a refusal looks. */
export function createServer(parts: HostParts, token: string | null): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    // a wrong type is said, never bent into the right one
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    schemaErrorFormatter: ([first]) => new Error(describeMismatch(first)),
    forceCloseConnections: 'idle',
  });
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', createGuard(token, parts.config.host));
  closeAfterLastAnswer(app);
  app.setErrorHandler((thrown: FastifyError, request, reply) => sendError(asRefusal(thrown), request, reply));
  app.setNotFoundHandler((request, reply) => {
    const what = `${request.method} ${request.url.split('?', 1)[0]}`;
    const hint = 'Check the path: /predict, /predict/batch, /invocations, or what GET /v2 tells.';
    sendError(new CrisolError('ENDPOINT_NOT_FOUND', `There is no ${what}.`, { hint }), request, reply);
  });
  app.register(observationRoutes(parts));
  app.register(inferenceRoutes(parts));
  return app;
}

/** A connection that stays open behind an answer under way would hold up the end. */
function closeAfterLastAnswer(app: FastifyInstance): void {
  let ending = false;
  app.addHook('preClose', (done) => {
    ending = true;
    done();
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (ending) reply.header('connection', 'close');
    done(null, payload);
  });
}

function describeMismatch(mismatch: FastifySchemaValidationError | undefined): string {
  if (!mismatch) return 'The body is not as it should be.';
  const { instancePath, message, params } = mismatch;
  const allowed = Array.isArray(params.allowedValues) ? `: ${params.allowedValues.join(', ')}` : '';
  return `${instancePath.slice(1) || 'The body'} ${message}${allowed}.`;
}

const CODE_OF_STATUS: Record<number, ErrorCode> = { 413: 'HTTP_BODY_TOO_LARGE', 400: 'HTTP_BODY_INVALID' };

interface Refusal {
  status: number;
  error: CrisolError;
}

function asRefusal(thrown: FastifyError | CrisolError): Refusal | CrisolError {
  const { statusCode: status } = thrown as FastifyError;
  if (thrown instanceof CrisolError || status === undefined || status >= 500) return asCrisolError(thrown);
  const code = CODE_OF_STATUS[status] ?? 'BAD_REQUEST';
  const hint = status === 415 ? { hint: 'Send JSON with Content-Type: application/json.' } : {};
  return { status, error: new CrisolError(code, thrown.message, { cause: thrown, ...hint }) };
}

/** Open Inference Protocol clients read `error`, everybody else the shape that all of Crisol uses. */
function sendError(refusal: Refusal | CrisolError, request: FastifyRequest, reply: FastifyReply): void {
  const { status, error } = refusal instanceof CrisolError ? { status: refusal.status, error: refusal } : refusal;
  if (status === 503) reply.header('retry-after', '1');
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  reply.code(status).send(/^\/v2(\/|\?|$)/.test(request.url) ? { error: error.message } : error.toBody());
}
