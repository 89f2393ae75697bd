import type { DaemonToHost, HostToDaemon } from '../protocol.ts';

/** The daemon at the other end; absent where the host runs by itself, as in an exported container. */
export interface Channel {
  /** `sent` is called when the operating system took the message: a slow daemon delays it */
  send(message: HostToDaemon, sent?: () => void): void;
  onMessage(listener: (message: DaemonToHost) => void): void;
}

/** The channel of this process. The host does not outlive its daemon: it ends when the channel closes. */
export function daemonChannel(): Channel | null {
  if (process.send === undefined) return null;
  process.once('disconnect', () => process.exit(0));
  if (!process.connected) process.exit(0);
  return {
    send: (message, sent) => void process.send?.(message, undefined, undefined, () => sent?.()),
    onMessage: (listener) => void process.on('message', (message) => listener(message as DaemonToHost)),
  };
}
