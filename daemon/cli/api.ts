import type { ErrorCode } from '../../schemas/errors.ts';
import { ERRORS } from '../../schemas/errors.ts';
import { APP_PREFIX } from '../../schemas/wire/common.ts';
import type { DaemonInfo } from '../../schemas/workspace.ts';
import { CrisolError } from '../base/errors.ts';

/** Requests to a server of ours, whose answers have the shapes of schemas/wire. */
export class Api {
  readonly url: string;
  readonly token: string;

  constructor({ url, token }: Pick<DaemonInfo, 'url' | 'token'>) {
    this.url = url;
    this.token = token;
  }

  get<T>(path: string): Promise<T> {
    return this.send('GET', APP_PREFIX + path);
  }

  post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.send('POST', APP_PREFIX + path, body);
  }

  async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.fetch(method, path, body);
    const answer = await response.json();
    if (response.ok) return answer as T;
    throw failureOf(answer);
  }

  private async fetch(method: string, path: string, body: unknown): Promise<Response> {
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
    try {
      return await fetch(this.url + path, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch (cause) {
      throw new CrisolError('DAEMON_UNREACHABLE', `${this.url} does not answer.`, { cause });
    }
  }
}

/** Path segments may hold anything: `/`, `@`, `ñ`. */
export const segment = encodeURIComponent;

function failureOf(answer: unknown): CrisolError {
  const { error_code: code, message, hint } = Object(answer);
  const known: ErrorCode = Object.hasOwn(ERRORS, code) ? code : 'INTERNAL_ERROR';
  return new CrisolError(known, String(message ?? 'The answer was not understood.'), { hint });
}
