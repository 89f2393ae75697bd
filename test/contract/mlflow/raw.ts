import { once } from 'node:events';
import { request } from 'node:http';
import { waitFor } from '../../support/wait-for.ts';
import type { MlflowServer } from './mlflow-server.ts';
import { TOKEN } from './mlflow-server.ts';

export interface Sent {
  body?: string | Buffer | (string | Buffer)[];
  headers?: Record<string, string>;
  /** hangs up before the end */
  cut?: boolean;
}

/** As a socket has it: `fetch` would mend paths before they are sent. */
async function raw(server: MlflowServer, method: string, path: string, { body, headers = {}, cut = false }: Sent = {}) {
  const { hostname, port } = new URL(server.url);
  const sent = request({ hostname, port, path, method, headers: { authorization: `Bearer ${TOKEN}`, ...headers } });
  const answered = once(sent, 'response');
  for (const part of [body ?? []].flat()) sent.write(part);
  if (cut) {
    await waitFor(() => server.artifacts.busy());
    sent.destroy();
    await answered.catch(() => {});
    throw new Error('cut');
  }
  sent.end();
  const [response] = await answered;
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part);
  return { status: response.statusCode, headers: response.headers, text: Buffer.concat(parts).toString() };
}

/** Where files are sent to and fetched from. */
export const PROXY = '/api/2.0/mlflow-artifacts';

/** Its status and code. */
export function error(answer: { status: number; text: string }) {
  return [answer.status, JSON.parse(answer.text).error_code];
}

/** What a test does with the files of one server. */
export function filesOf(server: () => MlflowServer) {
  const send = (method: string, path: string, sent?: Sent) => raw(server(), method, path, sent);
  return {
    raw: send,
    put: (path: string, body: Sent['body'], type = 'text/plain') =>
      send('PUT', `${PROXY}/artifacts/${path}`, { body, headers: type ? { 'content-type': type } : {} }),
    get: (path: string, headers?: Record<string, string>) => send('GET', `${PROXY}/artifacts/${path}`, { headers }),
    list: async (path: string) => JSON.parse((await send('GET', `${PROXY}/artifacts?path=${path}`)).text),
  };
}
