import type { RoomEvent, Snapshot, Topic } from '../../schemas/wire/events.ts';
import type { Status } from '../../schemas/wire/system.ts';

/** What the rest of the extension sees of the daemon: calls, topics, and how the connection is. */
export interface DaemonLink {
  readonly state: LinkState;
  onState(listener: (state: LinkState) => void): Subscription;
  /** `path` is below /api/crisol/v1. Rejects with a `RequestError`; waits for a connection that is being made. */
  call<Answer>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer>;
  /** A snapshot first, then events, also over reconnections. Applying one twice changes nothing. */
  subscribe(topic: Topic, listener: (message: RoomMessage) => void): Subscription;
}

export interface Subscription {
  dispose(): void;
}

export type RoomMessage = Snapshot | (RoomEvent & { topic: Topic });

/** Why there is a connection, or none. */
export type LinkState =
  | { kind: 'no-folder' }
  /** no folder of the window has a crisol.yaml */
  | { kind: 'no-file' }
  | { kind: 'untrusted' }
  /** ended on purpose, here or by somebody else */
  | { kind: 'stopped' }
  | { kind: 'starting' }
  /** `outdated`: an older daemon that will hand over as soon as its work is done */
  | { kind: 'connected'; address: DaemonAddress; outdated: boolean }
  | { kind: 'reconnecting' }
  | { kind: 'failed'; problem: RequestError };

export interface DaemonAddress {
  url: string;
  token: string;
  status: Status;
}

/** A refusal in the catalogue's words: code, sentence, what to do. */
export class RequestError extends Error {
  readonly code: string;
  readonly hint: string;

  constructor(code: string, message: string, hint = '') {
    super(message);
    this.name = 'RequestError';
    this.code = code;
    this.hint = hint;
  }
}

export function asRequestError(thrown: unknown): RequestError {
  if (isRequestError(thrown)) return thrown;
  return new RequestError('INTERNAL_ERROR', thrown instanceof Error ? thrown.message : String(thrown));
}

/** What is wrong, what to do, and the code to look for: as a message shows it. */
export function inWords({ message, hint, code }: RequestError): string {
  const sentence = /[.!?\u2026]$/.test(message) ? message : `${message}.`;
  return [sentence, hint, `(${code})`].filter(Boolean).join(' ');
}

/** By its name: it may come from the part that was loaded later, which has the class a second time. */
function isRequestError(thrown: unknown): thrown is RequestError {
  return thrown instanceof Error && thrown.name === 'RequestError';
}
