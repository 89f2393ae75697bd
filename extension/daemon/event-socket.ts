import { WebSocket } from 'ws';
import type { ServerMessage } from '../../schemas/wire/events.ts';
import { EVENTS_PATH } from '../../schemas/wire/events.ts';
import type { Clock } from './clock.ts';
import type { Door } from './http.ts';

/** The daemon pings every 20 s; silence for longer means that it hangs, even if the socket still stands. */
const SILENCE_MS = 50_000;

export interface SocketEvents {
  opened(send: (message: object) => void): void;
  received(message: ServerMessage): void;
}

/** How a conversation ended: never begun, said good-bye, or broken off. */
export type SocketEnd = 'refused' | 'closing' | 'dropped';

export interface EventSocket {
  readonly ended: Promise<SocketEnd>;
  close(): void;
}

export function openEventSocket({ url, token }: Door, clock: Clock, events: SocketEvents): EventSocket {
  const address = url.replace(/^http/, 'ws') + EVENTS_PATH;
  const socket = new WebSocket(address, { headers: { authorization: `Bearer ${token}` }, handshakeTimeout: 5_000 });
  const { promise, resolve } = Promise.withResolvers<SocketEnd>();
  let end: SocketEnd = 'refused';
  let cancel = () => {};
  const listen = () => {
    cancel();
    cancel = clock.after(SILENCE_MS, () => socket.terminate());
  };
  socket.on('open', () => {
    end = 'dropped';
    listen();
    events.opened((message) => socket.send(JSON.stringify(message)));
  });
  socket.on('ping', listen);
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as ServerMessage;
    if (message.type === 'system/closing') end = 'closing';
    events.received(message);
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    cancel();
    resolve(end);
  });
  return { ended: promise, close: () => socket.close() };
}
