import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { ClientMessage } from '../../../../schemas/wire/events.ts';

export const TOKEN = 'a-token-of-the-small-daemon';

/** As much of a daemon as its client can see: status, shutdown and one topic, on real sockets. */
export class SmallDaemon {
  readonly asked: { method: string; path: string; authorization?: string; body: unknown }[] = [];
  readonly heard: ClientMessage[] = [];
  epoch = 'first';
  version = '0.1.0';
  seq = 7;
  startedAt = Date.now();
  private readonly folder: string;
  private readonly server = createServer((request, response) => void this.answer(request, response));
  private readonly sockets = new WebSocketServer({ noServer: true });

  private constructor(folder: string) {
    this.folder = folder;
    this.server.on('upgrade', (request, socket, head) =>
      this.sockets.handleUpgrade(request, socket, head, (opened) => this.welcome(opened)),
    );
  }

  static async start(folder: string): Promise<SmallDaemon> {
    const daemon = new SmallDaemon(folder);
    await new Promise<void>((resolve) => daemon.server.listen(0, '127.0.0.1', resolve));
    return daemon;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get info() {
    return {
      url: this.url,
      token: TOKEN,
      pid: process.pid,
      epoch: this.epoch,
      workspace: this.folder,
      version: this.version,
    };
  }

  /** As a daemon does once it listens. */
  writeInfo(info: object = this.info): void {
    mkdirSync(join(this.folder, '.crisol'), { recursive: true });
    writeFileSync(join(this.folder, '.crisol', 'daemon.json'), JSON.stringify(info));
    chmodSync(join(this.folder, '.crisol', 'daemon.json'), 0o600);
  }

  say(message: object): void {
    for (const socket of this.sockets.clients)
      socket.send(JSON.stringify({ ...message, epoch: this.epoch, seq: this.seq }));
  }

  publish(message: object): void {
    this.seq += 1;
    this.say({ topic: 'registry', ...message });
  }

  /** As when a network or a process breaks. */
  drop(): void {
    for (const socket of this.sockets.clients) socket.terminate();
  }

  async stop(): Promise<void> {
    this.drop();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private welcome(socket: WebSocket): void {
    const stamp = { epoch: this.epoch, seq: this.seq };
    socket.send(JSON.stringify({ type: 'system/hello', version: this.version, ...stamp }));
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as ClientMessage;
      this.heard.push(message);
      if (message.type !== 'subscribe' || message.resume) return;
      for (const topic of message.topics) {
        socket.send(JSON.stringify({ type: `${topic}/snapshot`, topic, models: [], ...stamp }));
      }
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '' } = request;
    const body = await readJson(request);
    this.asked.push({ method, path, authorization: request.headers.authorization, body });
    const authorized = request.headers.authorization === `Bearer ${TOKEN}`;
    const [status, answer] = authorized ? this.route(path) : [401, { error_code: 'AUTH_TOKEN_REFUSED', message: 'no' }];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  private route(path: string): [number, object] {
    if (path === '/api/crisol/v1/status') {
      const { token: _token, ...info } = this.info;
      return [200, { ...info, started_at: this.startedAt, busy: [], store: { state: 'ok' } }];
    }
    if (path === '/api/crisol/v1/shutdown') return [202, {}];
    return [404, { error_code: 'ENDPOINT_NOT_FOUND', message: `There is no ${path}.`, hint: 'Check the path.' }];
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? undefined : JSON.parse(text);
}
