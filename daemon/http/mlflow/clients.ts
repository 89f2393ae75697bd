import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Peer } from '../../tracking/index.ts';
import type { App } from '../server.ts';

const peers = new WeakMap<Socket, Peer>();

/** Who sends this, as long as it is connected. */
export function peerOf({ raw: { socket } }: FastifyRequest): Peer | undefined {
  const { remotePort, localPort } = socket;
  if (remotePort === undefined || localPort === undefined) return undefined;
  const peer = peers.get(socket) ?? { port: remotePort, ours: localPort };
  peers.set(socket, peer);
  return peer;
}

/**
 * MLflow's client keeps its connection for as long as its process lives, if we let it: so the daemon knows that a script is
 * there even if it says nothing for an hour, and does not leave. `changed` hears how many there are.
 */
export function holdClients(server: Server, scope: App, changed: (open: number) => void): void {
  const held = new Set<Socket>();
  const letGo = (socket: Socket) => {
    held.delete(socket);
    changed(held.size);
  };
  // a connection that did nothing for a while: others are closed as usual
  server.on('timeout', (socket) => {
    if (!held.has(socket)) socket.destroy();
  });
  scope.addHook('onRequest', (request, _reply, done) => {
    const { socket } = request.raw;
    if (!held.has(socket)) {
      held.add(socket);
      socket.once('close', () => letGo(socket));
      changed(held.size);
    }
    done();
  });
}
