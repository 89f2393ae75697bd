import { connect } from 'node:net';
import { Type } from 'typebox';
import { Guard } from '../../../daemon/http/guard.ts';
import type { App } from '../../../daemon/http/server.ts';
import { createHttp, listen } from '../../../daemon/http/server.ts';

export const TOKEN = 'the-right-token-of-this-daemon-0123456789';

const Body = Type.Object({ text: Type.String() });
const Query = Type.Object({ offset: Type.Optional(Type.Integer({ minimum: 0 })) });

/** The daemon's server with its real guard, and a few routes that show what reaches a room. */
export class Served {
  readonly logged: object[] = [];
  used = 0;
  readonly app: App;
  readonly guard = new Guard(TOKEN);
  port = 0;

  constructor() {
    const log = (fields: object) => void this.logged.push(fields);
    const logger = { info: log, warn: log, error: log };
    this.app = createHttp({ guard: this.guard, logger, onRequest: () => this.used++ });
    this.app.post('/echo', { schema: { body: Body } }, ({ body }) => body);
    this.app.post('/any', ({ body }) => ({ got: body }));
    this.app.get('/page', { schema: { querystring: Query } }, ({ query }) => query);
    this.app.get('/broken', () => {
      throw new Error('a mistake of ours');
    });
    this.app.get('/damaged', () => {
      throw Object.assign(new Error('database disk image is malformed'), { code: 'SQLITE_CORRUPT' });
    });
  }

  static async start(): Promise<Served> {
    const served = new Served();
    served.port = await listen(served.app, 0);
    served.guard.allowPort(served.port);
    return served;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${TOKEN}`);
    return fetch(this.url + path, { ...init, headers });
  }

  post(path: string, body: string, type = 'application/json'): Promise<Response> {
    return this.fetch(path, { method: 'POST', body, headers: { 'content-type': type } });
  }

  /** A request as it is written, for what no well-behaved client sends. */
  raw(...lines: string[]): Promise<{ status: number; body: unknown }> {
    return rawRequest(this.port, lines);
  }

  dispose(): Promise<void> {
    return this.app.close();
  }
}

export function rawRequest(port: number, lines: string[]): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
    socket.setEncoding('utf8');
    socket.on('data', (part) => {
      text += part;
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', body = ''] = text.split('\r\n\r\n');
      resolve({ status: Number(head.split(' ')[1]), body: body === '' ? undefined : JSON.parse(body) });
    });
  });
}
