import type { ErrorBody } from '../../schemas/wire/common.ts';
import { APP_PREFIX } from '../../schemas/wire/common.ts';
import { RequestError } from './link.ts';

export interface Door {
  url: string;
  token: string;
}

/** One request to the daemon's own interface; every failure comes out as a `RequestError`. */
export async function request(
  { url, token }: Door,
  method: 'GET' | 'POST',
  path: string,
  options: { body?: unknown; signal?: AbortSignal } = {},
): Promise<unknown> {
  const { body, signal } = options;
  const response = await send({ url, token }, `${APP_PREFIX}${path}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    signal,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await readJson(response);
  if (!response.ok) throw refusal(response.status, answer);
  return answer;
}

/** One request below any of the daemon's roofs, whose answer is no JSON or is not read here. */
export async function fetchFrom(door: Door, path: string, options: RequestInit): Promise<Response> {
  const response = await send(door, path, options);
  if (!response.ok) throw refusal(response.status, await readJson(response));
  return response;
}

function send({ url, token }: Door, path: string, options: RequestInit): Promise<Response> {
  const headers = { ...options.headers, authorization: `Bearer ${token}` };
  // the daemon sends nobody elsewhere
  return fetch(`${url}${path}`, { ...options, headers, redirect: 'error' }).catch((cause: unknown) => {
    throw unreachable(cause);
  });
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text().catch((cause: unknown) => {
    throw unreachable(cause);
  });
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreachable(cause: unknown): RequestError {
  const error = new RequestError('DAEMON_UNREACHABLE', 'The Crisol daemon did not answer.');
  error.cause = cause;
  return error;
}

function refusal(status: number, answer: unknown): RequestError {
  if (isErrorBody(answer)) return new RequestError(answer.error_code, answer.message, answer.hint);
  // a request for the head alone is answered without words
  const code = status === 404 ? 'RESOURCE_DOES_NOT_EXIST' : 'INTERNAL_ERROR';
  return new RequestError(code, `The daemon answered with status ${status}.`);
}

function isErrorBody(answer: unknown): answer is ErrorBody {
  return typeof answer === 'object' && answer !== null && 'error_code' in answer && 'message' in answer;
}
