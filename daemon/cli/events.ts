import { WebSocket } from 'ws';
import type { ClientMessage, ServerMessage, Topic } from '../../schemas/wire/events.ts';
import { EVENTS_PATH } from '../../schemas/wire/events.ts';
import { CrisolError } from '../base/errors.ts';
import type { Api } from './api.ts';

/** The daemon's events, for a command that follows something to its end. Loaded only by those: sockets take a while. */
export class Events {
  private readonly socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.socket = socket;
  }

  static async open(api: Api): Promise<Events> {
    const socket = new WebSocket(api.url.replace('http', 'ws') + EVENTS_PATH, {
      headers: { authorization: `Bearer ${api.token}` },
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', (cause) =>
        reject(new CrisolError('DAEMON_UNREACHABLE', 'The daemon sends no events.', { cause })),
      );
    });
    // what comes after an error is a close, which says enough
    socket.on('error', () => {});
    return new Events(socket);
  }

  subscribe(topics: Topic[]): void {
    const message: ClientMessage = { type: 'subscribe', topics };
    this.socket.send(JSON.stringify(message));
  }

  /** Calls `listener` for each message until it answers something; rejects when the daemon goes away before. */
  until<T>(listener: (message: ServerMessage) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      this.socket.on('message', (data) => {
        const answer = listener(JSON.parse(String(data)));
        if (answer !== undefined) resolve(answer);
      });
      this.socket.once('close', () => reject(new CrisolError('DAEMON_UNREACHABLE', 'The daemon went away.')));
    });
  }

  close(): void {
    this.socket.close();
  }
}
