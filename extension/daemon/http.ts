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
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  const response = await fetch(`${url}${APP_PREFIX}${path}`, {
    method,
    headers,
    signal,
    // the daemon sends nobody elsewhere
    redirect: 'error',
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch((cause: unknown) => {
    throw unreachable(cause);
  });
  const answer = await readJson(response);
  if (!response.ok) throw refusal(response.status, answer);
  return answer;
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
  return new RequestError('INTERNAL_ERROR', `The daemon answered with status ${status}.`);
}

function isErrorBody(answer: unknown): answer is ErrorBody {
  return typeof answer === 'object' && answer !== null && 'error_code' in answer && 'message' in answer;
}
