import type { Topic } from '../../schemas/wire/events.ts';
import { systemClock } from './clock.ts';
import type { Connection, ConnectionOptions } from './connection.ts';
import type { DaemonAddress, DaemonLink, LinkState, RoomMessage, Subscription } from './link.ts';
import { RequestError } from './link.ts';
import { Topics } from './topics.ts';

const CONNECT_WITHIN_MS = 30_000;

export type SessionOptions = Pick<ConnectionOptions, 'cli' | 'version' | 'log'> & {
  idleMinutes(): number;
  logMegabytes(): number;
};

/**
 * The window's one link to the daemon of its folder. It is there at once and light; what talks (sockets, validation) is
 * loaded when there is somebody to talk to, so that activation does not wait for it.
 */
export class Session implements DaemonLink {
  // until the folder is decided on, those who call wait
  state: LinkState = { kind: 'starting' };
  private readonly topics = new Topics();
  private readonly listeners = new Set<(state: LinkState) => void>();
  private readonly options: SessionOptions;
  private connection: Connection | undefined;
  private folder: string | undefined;

  constructor(options: SessionOptions) {
    this.options = options;
  }

  onState(listener: (state: LinkState) => void): Subscription {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  subscribe(topic: Topic, listener: (message: RoomMessage) => void): Subscription {
    return this.topics.subscribe(topic, listener);
  }

  async call<Answer>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
    if (this.state.kind === 'stopped') this.start();
    const address = await this.connected();
    const { request } = await import('./talk.ts');
    // the daemon is the same program: what it answers was checked there
    return (await request(address, method, path, { body })) as Answer;
  }

  /** `path` is below the daemon's own address: MLflow's interface, files. Rejects with a `RequestError`. */
  async fetch(path: string, options: RequestInit = {}): Promise<Response> {
    if (this.state.kind === 'stopped') this.start();
    const address = await this.connected();
    const { fetchFrom } = await import('./talk.ts');
    return fetchFrom(address, path, options);
  }

  /** The folder is to have a daemon from now on. */
  attach(folder: string): void {
    if (this.folder === folder && this.isAlive()) return;
    this.folder = folder;
    this.start();
  }

  /** There is nobody to talk to, and this is why. */
  detach(state: LinkState): void {
    this.end();
    this.folder = undefined;
    this.change(state);
  }

  /** Finds or starts the daemon again: after a stop or a failure. */
  start(): void {
    if (this.folder === undefined) return;
    this.end();
    this.change({ kind: 'starting' });
    void this.open(this.folder);
  }

  async stop(): Promise<void> {
    await this.call('POST', '/shutdown', { when: 'now' });
  }

  async restart(): Promise<void> {
    this.connection?.expectSuccessor();
    if (this.state.kind === 'connected') await this.stop();
    else this.start();
  }

  dispose(): void {
    this.end();
    this.listeners.clear();
  }

  private async open(folder: string): Promise<void> {
    const loaded = await import('./talk.ts');
    if (this.folder !== folder || this.connection) return;
    const connection = new loaded.Connection({
      ...this.options,
      folder,
      idleMinutes: this.options.idleMinutes(),
      logMegabytes: this.options.logMegabytes(),
      clock: systemClock,
      topics: this.topics,
      onState: (state) => {
        if (this.connection === connection) this.change(state);
      },
    });
    this.connection = connection;
    await connection.run();
  }

  private end(): void {
    this.connection?.dispose();
    this.connection = undefined;
  }

  private isAlive(): boolean {
    return ['starting', 'connected', 'reconnecting'].includes(this.state.kind);
  }

  private change(state: LinkState): void {
    this.state = state;
    for (const listener of this.listeners) listener(state);
  }

  private connected(): Promise<DaemonAddress> {
    return new Promise((resolve, reject) => {
      const look = (state: LinkState) => {
        if (state.kind === 'starting' || state.kind === 'reconnecting') return;
        cancel();
        listening.dispose();
        if (state.kind === 'connected') resolve(state.address);
        else reject(reasonOf(state));
      };
      const listening = this.onState(look);
      const cancel = systemClock.after(CONNECT_WITHIN_MS, () => {
        listening.dispose();
        reject(new RequestError('DAEMON_UNREACHABLE', 'The Crisol daemon could not be reached in time.'));
      });
      look(this.state);
    });
  }
}

function reasonOf(state: LinkState): RequestError {
  if (state.kind === 'failed') return state.problem;
  const sentences: Partial<Record<LinkState['kind'], string>> = {
    'no-folder': 'No folder is open.',
    'no-file': 'No folder of this window has a crisol.yaml.',
    untrusted: 'This folder is not trusted, so nothing runs in it.',
  };
  return new RequestError('DAEMON_UNREACHABLE', sentences[state.kind] ?? 'The Crisol daemon is stopped.');
}
