import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { EVENTS_PATH } from '../../schemas/wire/events.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';
import { asCrisolError, CrisolError } from '../base/errors.ts';
import type { Hub } from './hub.ts';
import { readClientMessage } from './messages.ts';
import { Subscriber } from './subscriber.ts';

const HEARTBEAT_MS = 20_000;
const MAX_UNREAD_BYTES = 8_000_000;
const MAX_MESSAGE_BYTES = 64 * 1024;
const GOODBYE_MS = 500;

export interface EventServerOptions {
  hub: Hub;
  version: string;
  clock: Clock;
  /** throws when the request is refused */
  check: (request: IncomingMessage) => void;
  /** told when the number of clients changes */
  onClients: (count: number) => void;
}

/** The door at `/ws`: who may come in, hello, heartbeat, good-bye. */
export class EventServer implements Disposable {
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  private readonly options: EventServerOptions;

  constructor(server: Server, options: EventServerOptions) {
    this.options = options;
    server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  get clients(): number {
    return this.sockets.clients.size;
  }

  /** Says good-bye; a client that does not answer is not waited for. */
  async dispose(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    for (const socket of this.sockets.clients) {
      this.say(socket, { type: 'system/closing', reason: 'the daemon is ending' });
      socket.close(1001);
    }
    this.sockets.close(() => resolve());
    const cancel = this.options.clock.after(GOODBYE_MS, () => {
      for (const socket of this.sockets.clients) socket.terminate();
    });
    await promise;
    cancel();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = this.refusalOf(request);
    if (refusal) refuse(socket, refusal);
    else this.sockets.handleUpgrade(request, socket, head, (opened) => this.welcome(opened));
  }

  private refusalOf(request: IncomingMessage): CrisolError | undefined {
    try {
      this.options.check(request);
    } catch (thrown) {
      return asCrisolError(thrown);
    }
    if (request.url?.split('?')[0] === EVENTS_PATH) return undefined;
    return new CrisolError('ENDPOINT_NOT_FOUND', `Events are at ${EVENTS_PATH}.`);
  }

  private welcome(socket: WebSocket): void {
    const { hub } = this.options;
    const subscriber = new Subscriber(hub, {
      get bufferedAmount() {
        return socket.bufferedAmount;
      },
      send: (text, sent) => socket.send(text, sent),
    });
    const listening = hub.published.on((item) => subscriber.deliver(item));
    const stopHeartbeat = this.keepAlive(socket);
    socket.on('message', (data) => this.receive(socket, subscriber, String(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      stopHeartbeat();
      listening.dispose();
      subscriber.leave();
      this.options.onClients(this.clients);
    });
    this.options.onClients(this.clients);
    this.say(socket, { type: 'system/hello', version: this.options.version });
  }

  private receive(socket: WebSocket, subscriber: Subscriber, text: string): void {
    // who asks and asks and reads no answer would fill our memory with them
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) {
      socket.terminate();
      return;
    }
    const message = readClientMessage(text, this.options.hub);
    if (typeof message === 'string') {
      this.say(socket, { type: 'system/refused', error_code: 'BAD_REQUEST', message });
    } else if (message.type === 'subscribe') subscriber.subscribe(message.topics, message.resume);
    else subscriber.unsubscribe(message.topics);
  }

  /** A client that answers no ping between two of them is gone, even if its machine never said so. */
  private keepAlive(socket: WebSocket): () => void {
    let answered = true;
    let cancel = () => {};
    socket.on('pong', () => {
      answered = true;
    });
    const beat = () => {
      if (!answered) {
        socket.terminate();
        return;
      }
      answered = false;
      socket.ping();
      cancel = this.options.clock.after(HEARTBEAT_MS, beat);
    };
    cancel = this.options.clock.after(HEARTBEAT_MS, beat);
    return () => cancel();
  }

  private say(socket: WebSocket, message: object): void {
    const { epoch, newestSeq } = this.options.hub;
    socket.send(JSON.stringify({ ...message, epoch, seq: newestSeq }));
  }
}

function refuse(socket: Duplex, failure: CrisolError): void {
  // until now nobody listens to it: one that breaks off at this moment would end the daemon
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  const body = JSON.stringify(failure.toBody());
  const head = [`HTTP/1.1 ${failure.status} Refused`, 'Connection: close', 'Content-Type: application/json'];
  socket.end(`${head.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
