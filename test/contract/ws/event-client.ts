import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocket } from 'ws';
import { Guard } from '../../../daemon/http/guard.ts';
import { Hub } from '../../../daemon/ws/hub.ts';
import { EventServer } from '../../../daemon/ws/server.ts';
import type { ClientMessage, ServerMessage } from '../../../schemas/wire/events.ts';
import type { Model } from '../../../schemas/wire/registry.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { waitFor } from '../../support/wait-for.ts';

export const TOKEN = 'the-right-token-of-this-daemon-0123456789';

/** The real door over a real socket, with a room of models whose descriptions change. */
export class EventHouse {
  readonly hub = new Hub('epoch-1');
  readonly clock = new VirtualClock();
  readonly counts: number[] = [];
  readonly events: EventServer;
  /** name → description: the room's state */
  readonly state = new Map<string, string>();
  port = 0;
  private readonly server = createServer();
  private readonly clients: EventClient[] = [];
  private readonly inbound: Socket[] = [];
  /** awaited by each snapshot while it is made */
  private beforeSnapshot: () => Promise<void> = () => Promise.resolve();

  constructor() {
    this.hub.provide('registry', async () => {
      await this.beforeSnapshot();
      return { type: 'registry/snapshot', topic: 'registry', models: [...this.state].map(modelOf) };
    });
    this.hub.provide('tracking', async () => {
      await this.beforeSnapshot();
      return { type: 'tracking/snapshot', topic: 'tracking', experiments: [], runs: [] };
    });
    this.server.on('connection', (socket) => this.inbound.push(socket));
    const guard = new Guard(TOKEN);
    this.events = new EventServer(this.server, {
      hub: this.hub,
      version: '1.2.3',
      clock: this.clock,
      check: (request) => {
        guard.allowPort(this.port);
        guard.check(request);
      },
      onClients: (count) => this.counts.push(count),
    });
  }

  static async open(): Promise<EventHouse> {
    const house = new EventHouse();
    house.server.listen(0, '127.0.0.1');
    await once(house.server, 'listening');
    house.port = (house.server.address() as AddressInfo).port;
    return house;
  }

  change(name: string, description: string): void {
    this.state.set(name, description);
    this.hub.publish('registry', { type: 'registry/model', model: modelOf([name, description]) });
  }

  /** What the door has read of all that was sent to it. */
  get bytesRead(): number {
    return this.inbound.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
  }

  /** From now on a snapshot that is begun is not made before its release. */
  holdSnapshots(): { begun: Promise<void>; release: () => void } {
    const begun = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    this.beforeSnapshot = () => {
      begun.resolve();
      return released.promise;
    };
    return { begun: begun.promise, release: released.resolve };
  }

  async client(): Promise<EventClient> {
    const client = new EventClient(this.port);
    this.clients.push(client);
    await once(client.socket, 'open');
    return client;
  }

  /** Ends everything, as the daemon does. */
  async dispose(): Promise<void> {
    for (const { socket } of this.clients) socket.terminate();
    await this.events.dispose();
    await this.closeServer();
  }

  closeServer(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

export class EventClient {
  readonly received: ServerMessage[] = [];
  readonly socket: WebSocket;
  /** the models as this client knows them */
  readonly models = new Map<string, string>();

  constructor(port: number, headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, { headers });
    this.socket.on('message', (data) => this.take(JSON.parse(String(data))));
    this.socket.on('error', () => {});
  }

  send(message: ClientMessage | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  types(): string[] {
    return this.received.map(({ type }) => type);
  }

  /** Waits for the `nth` message of this type. */
  async next(type: ServerMessage['type'], nth = 1): Promise<ServerMessage> {
    return waitFor(() => this.received.filter((message) => message.type === type)[nth - 1], { what: type });
  }

  /** Until all that was sent to each other so far has arrived: answers come in order. */
  async roundTrip(): Promise<void> {
    const before = this.types().filter((type) => type === 'system/refused').length;
    this.send('an echo');
    await this.next('system/refused', before + 1);
  }

  private take(message: ServerMessage): void {
    this.received.push(message);
    if (message.type === 'registry/snapshot') {
      this.models.clear();
      for (const { name, description } of message.models) this.models.set(name, description);
    }
    if (message.type === 'registry/model') this.models.set(message.model.name, message.model.description);
  }
}

function modelOf([name, description]: [string, string]): Model {
  return { name, description } as Model;
}
