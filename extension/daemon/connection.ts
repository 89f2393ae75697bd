import { stat } from 'node:fs/promises';
import { makesWay } from '../../schemas/handover.ts';
import { lookOutForDaemon } from './appearance.ts';
import type { Clock } from './clock.ts';
import type { EventSocket, SocketEnd } from './event-socket.ts';
import { openEventSocket } from './event-socket.ts';
import { findDaemon } from './find.ts';
import { request } from './http.ts';
import type { DaemonAddress, LinkState } from './link.ts';
import { asRequestError } from './link.ts';
import { startDaemon } from './start.ts';
import type { Topics } from './topics.ts';

const LONGEST_PAUSE_MS = 5_000;

export interface ConnectionOptions {
  folder: string;
  cli: string;
  version: string;
  idleMinutes: number;
  logMegabytes: number;
  clock: Clock;
  topics: Topics;
  onState(state: LinkState): void;
  log(line: string): void;
}

/** Finds or starts the daemon, talks with it, and comes back by itself when the conversation breaks off. */
export class Connection {
  private readonly options: ConnectionOptions;
  private socket: EventSocket | undefined;
  private readonly ended = new AbortController();
  /** after this daemon's end another is to follow: it was restarted, or hands over to a newer one */
  private successorWanted = false;
  private wake = () => {};

  constructor(options: ConnectionOptions) {
    this.options = options;
  }

  async run(): Promise<void> {
    while (!this.ended.signal.aborted) {
      const state = await this.stayConnected();
      // before anybody hears of it: who does may start one at once
      const { appeared } = await lookOutForDaemon(this.options.folder, this.ended.signal);
      this.change(state);
      await appeared;
      this.change({ kind: 'starting' });
    }
  }

  /** The daemon goes on; only this window's conversation with it ends. */
  dispose(): void {
    this.ended.abort();
    this.socket?.close();
    this.wake();
  }

  expectSuccessor(): void {
    this.successorWanted = true;
  }

  /** Until there is a reason not to come back: it was stopped on purpose, or cannot be started. */
  private async stayConnected(): Promise<LinkState> {
    try {
      for (let failures = 0; ; failures++) {
        const end = await this.converse(await this.findOrStart());
        this.options.log(`the connection ended: ${end}`);
        if (end === 'closing' && !this.successorWanted) return { kind: 'stopped' };
        this.change({ kind: 'reconnecting' });
        if (end !== 'refused') failures = 0;
        await this.pause(failures);
      }
    } catch (thrown) {
      return { kind: 'failed', problem: asRequestError(thrown) };
    }
  }

  private change(state: LinkState): void {
    if (!this.ended.signal.aborted) this.options.onState(state);
  }

  private async findOrStart(): Promise<DaemonAddress> {
    const { folder, log } = this.options;
    this.ended.signal.throwIfAborted();
    const found = await findDaemon(folder);
    if (found) return found;
    log(`starting the daemon for ${folder}`);
    return await startDaemon(this.options);
  }

  private async converse(address: DaemonAddress): Promise<SocketEnd> {
    const { topics, clock } = this.options;
    this.successorWanted = await this.isOutdated(address);
    if (this.successorWanted) await this.askToHandOver(address);
    let sender: ((message: object) => void) | undefined;
    this.socket = openEventSocket(address, clock, {
      opened: (send) => {
        sender = send;
        this.change({ kind: 'connected', address, outdated: this.successorWanted });
        topics.opened(send);
      },
      received: (message) => {
        if (message.type === 'system/refused') this.options.log(`${message.error_code}: ${message.message}`);
        topics.receive(message);
      },
    });
    if (this.ended.signal.aborted) this.socket.close();
    const end = await this.socket.ended;
    topics.closed(sender);
    return end;
  }

  private async isOutdated({ status }: DaemonAddress): Promise<boolean> {
    const { cli, version } = this.options;
    // the command line and the daemon are built together
    const file = await stat(cli).catch(() => undefined);
    return makesWay(status, { version, builtAt: file?.mtimeMs ?? 0 }, Date.now());
  }

  private async askToHandOver(address: DaemonAddress): Promise<void> {
    this.options.log(
      `the daemon (${address.status.version}) is older than this ${this.options.version}: it is asked to hand over`,
    );
    await request(address, 'POST', '/shutdown', { body: { when: 'idle' } }).catch(() => undefined);
  }

  /** At once the first time, then 0.2 s, 0.4 s … 5 s. */
  private pause(failures: number): Promise<void> {
    if (failures === 0) return Promise.resolve();
    const ms = Math.min(LONGEST_PAUSE_MS, 100 * 2 ** failures);
    return new Promise((resolve) => {
      const cancel = this.options.clock.after(ms, resolve);
      this.wake = () => {
        cancel();
        resolve();
      };
    });
  }
}
