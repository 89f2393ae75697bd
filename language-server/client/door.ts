import type {
  ConnectionStrategy,
  MessageStrategy,
  NotificationMessage,
  RequestMessage,
  ResponseMessage,
} from 'vscode-languageserver/node';
import { ErrorCodes, LSPErrorCodes, Message, ResponseError } from 'vscode-languageserver/node';
import { isSound } from './sound.ts';

/** Whoever answers requests of this name tells the editor why its own was refused. */
export const REFUSED = '$/refused';

interface Refusal {
  code: number;
  reason: string;
}

/** What the editor sends comes in its order and whole, or is refused in the protocol's words before a feature sees it. */
export class Door implements MessageStrategy, ConnectionStrategy {
  #state: 'new' | 'open' | 'shut' = 'new';

  get isShut(): boolean {
    return this.#state === 'shut';
  }

  handleMessage(message: Message, next: (message: Message) => void | Promise<void>): void | Promise<void> {
    if (Message.isRequest(message)) return next(this.#asked(message));
    return !Message.isNotification(message) || this.#isTaken(message) ? next(message) : undefined;
  }

  /** Of what waits and is no longer wanted nothing is computed. */
  cancelUndispatched(message: Message): ResponseMessage | undefined {
    if (!Message.isRequest(message)) return undefined;
    const error = { code: LSPErrorCodes.RequestCancelled, message: 'It was cancelled.' };
    return { jsonrpc: message.jsonrpc, id: message.id, error };
  }

  #asked(message: RequestMessage): RequestMessage {
    const refusal = this.#refusalOf(message);
    if (refusal) return { ...message, method: REFUSED, params: refusal };
    if (message.method === 'initialize') this.#state = 'open';
    if (message.method === 'shutdown') this.#state = 'shut';
    return message;
  }

  #refusalOf({ method, params }: RequestMessage): Refusal | null {
    const isFirst = method === 'initialize';
    if (this.#state === 'shut') return { code: ErrorCodes.InvalidRequest, reason: 'The server is shut down.' };
    if (this.#state === 'new' && !isFirst) {
      return { code: ErrorCodes.ServerNotInitialized, reason: 'The server waits for `initialize`.' };
    }
    if (this.#state === 'open' && isFirst) {
      return { code: ErrorCodes.InvalidRequest, reason: 'The server is initialized already.' };
    }
    if (method === REFUSED) return { code: ErrorCodes.MethodNotFound, reason: `There is no ${method}.` };
    return isSound(method, params) ? null : { code: ErrorCodes.InvalidParams, reason: `${method} has other params.` };
  }

  /** What has no answer cannot be refused: it is passed over. */
  #isTaken({ method, params }: NotificationMessage): boolean {
    if (method === 'exit' || method.startsWith('$/')) return true;
    return this.#state === 'open' && isSound(method, params);
  }
}

export const refused = ({ code, reason }: Refusal): ResponseError => new ResponseError(code, reason);
