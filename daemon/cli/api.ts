import { APP_PREFIX } from '../../schemas/wire/common.ts';
import type { DaemonInfo } from '../../schemas/workspace.ts';
import { CrisolError, errorOfBody } from '../base/errors.ts';
import type { Answered } from '../base/http-client.ts';
import { ask } from '../base/http-client.ts';

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
    const answer = await this.ask(method, path, body);
    if (answer.status >= 200 && answer.status < 300) return answer.body as T;
    throw errorOfBody(answer.body);
  }

  private async ask(method: string, path: string, body: unknown): Promise<Answered> {
    try {
      return await ask(this.url + path, { method, token: this.token, body });
    } catch (cause) {
      throw new CrisolError('DAEMON_UNREACHABLE', `${this.url} does not answer.`, { cause });
    }
  }
}

/** Path segments may hold anything: `/`, `@`, `ñ`. */
export const segment = encodeURIComponent;
