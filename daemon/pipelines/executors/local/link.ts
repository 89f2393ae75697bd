import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { Emitter } from '../../../base/emitter.ts';
import type { Instance } from './instances.ts';
import { Lines } from './lines.ts';
import type { Proof, ToDaemon, ToSupervisor, Welcome } from './protocol.ts';
import { isProof, proofOf } from './protocol.ts';
import { shortPath } from './short-path.ts';

const ANSWER_WITHIN_MS = 5_000;
const LEFT_WITHIN_MS = 1_000;

/** A connection to one supervisor, each of which has proved itself to the other. */
export class Link {
  readonly instance: Instance;
  readonly protocol: number;
  readonly heard = new Emitter<ToDaemon>();
  /** by whomever, also by us */
  readonly closed: Promise<void>;
  isOpen = true;
  private readonly socket: Socket;
  private readonly lines: Lines;

  private constructor(instance: Instance, socket: Socket, lines: Lines, protocol: number) {
    this.instance = instance;
    this.protocol = protocol;
    this.socket = socket;
    this.lines = lines;
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.isOpen = false;
        resolve();
      });
    });
  }

  /** Undefined when nobody answers there, or somebody else does. */
  static open(instance: Instance): Promise<Link | undefined> {
    const { promise, resolve } = Promise.withResolvers<Link | undefined>();
    const socket = tryToConnect(instance.address);
    if (!socket) return Promise.resolve(undefined);
    const hello = { nonce: randomBytes(16).toString('hex') };
    let link: Link | undefined;
    const lines = new Lines(socket, (message) => {
      if (link) return link.heard.emit(message as ToDaemon);
      const welcome = message as Welcome;
      if (!isProof(welcome.proof, proofOf(instance.secret, 'supervisor', hello, welcome))) return socket.destroy();
      lines.trusted = true;
      lines.send({ proof: proofOf(instance.secret, 'daemon', hello, welcome) } satisfies Proof);
      link = new Link(instance, socket, lines, welcome.protocol);
      resolve(link);
    });
    socket.on('error', () => {});
    socket.once('close', () => resolve(undefined));
    const timer = setTimeout(() => link ?? socket.destroy(), ANSWER_WITHIN_MS);
    lines.send(hello);
    return promise.finally(() => clearTimeout(timer));
  }

  send(message: ToSupervisor): void {
    this.lines.send(message);
  }

  /** Steps go on; a supervisor that has none leaves. */
  async leave(): Promise<void> {
    this.isOpen = false;
    this.send({ type: 'bye' });
    this.socket.end();
    // one that is stopped does not hear it
    const timer = setTimeout(() => this.socket.destroy(), LEFT_WITHIN_MS);
    await this.closed;
    clearTimeout(timer);
  }
}

function tryToConnect(address: string): Socket | undefined {
  try {
    const short = shortPath(address);
    if (!short) return undefined;
    const socket = connect(short.path);
    socket.once('connect', short.release);
    socket.once('error', short.release);
    return socket;
  } catch {
    // its folder is gone
    return undefined;
  }
}
