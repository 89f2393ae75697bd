import { randomBytes } from 'node:crypto';
import type { Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { Lines } from '../local/lines.ts';
import type { Hello, Proof, SupervisorSettings, ToDaemon, ToSupervisor, Welcome } from '../local/protocol.ts';
import { isProof, PROTOCOL, proofOf } from '../local/protocol.ts';
import { shortPath } from '../local/short-path.ts';

const PROVEN_WITHIN_MS = 5_000;

export interface DoorParts {
  settings: SupervisorSettings;
  heard(message: ToSupervisor): void;
  /** nobody is there any more */
  left(): void;
}

/** Where the daemon comes in: one at a time, the newest. */
export class Door {
  private readonly parts: DoorParts;
  private readonly server: Server;
  private daemon: { socket: Socket; lines: Lines } | undefined;

  constructor(parts: DoorParts) {
    this.parts = parts;
    this.server = createServer((socket) => this.greet(socket));
  }

  async open(): Promise<void> {
    const short = shortPath(this.parts.settings.address);
    if (!short) throw new Error('the path is too long');
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(short.path, resolve);
    });
  }

  get isEmpty(): boolean {
    return this.daemon === undefined;
  }

  tell(message: ToDaemon): void {
    this.daemon?.lines.send(message);
  }

  /** Who comes now finds nobody. */
  close(): void {
    this.server.close();
  }

  private greet(socket: Socket): void {
    const { secret, version } = this.parts.settings;
    const timer = setTimeout(() => socket.destroy(), PROVEN_WITHIN_MS);
    const nonce = randomBytes(16).toString('hex');
    let hello: Hello | undefined;
    const lines = new Lines(socket, (message) => {
      if (lines.trusted) return this.hear(socket, message as ToSupervisor);
      if (!hello) {
        hello = { nonce: String((message as Hello).nonce) };
        const proof = proofOf(secret, 'supervisor', hello, { nonce });
        return lines.send({ nonce, proof, protocol: PROTOCOL, version } satisfies Welcome);
      }
      const isDaemon = isProof((message as Proof).proof, proofOf(secret, 'daemon', hello, { nonce }));
      if (!isDaemon) return socket.destroy();
      clearTimeout(timer);
      lines.trusted = true;
      this.welcome(socket, lines);
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      if (this.daemon?.socket !== socket) return;
      this.daemon = undefined;
      this.parts.left();
    });
  }

  /** The one before has died: what it said last and nobody read is not heard any more. */
  private welcome(socket: Socket, lines: Lines): void {
    const before = this.daemon;
    this.daemon = { socket, lines };
    before?.socket.destroy();
  }

  private hear(socket: Socket, message: ToSupervisor): void {
    if (this.daemon?.socket === socket) this.parts.heard(message);
  }
}
