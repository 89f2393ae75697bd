import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { packedProgram } from '../../support/programs.ts';

export interface Answer {
  id?: number | string | null;
  method?: string;
  params?: { uri?: string; version?: number };
  result?: unknown;
  error?: { code: number; message: string };
}

/** Speaks to the server byte by byte, as no client library would. */
export class RawEditor {
  readonly child: ChildProcess;
  /** how it ended, and what it said beside the protocol */
  readonly ended: Promise<{ code: number | null; stderr: string }>;
  readonly #received: Answer[] = [];
  #rest = Buffer.alloc(0);
  #waiting: (() => void)[] = [];
  #id = 0;

  constructor() {
    const child = spawn(process.execPath, [packedProgram('language-server'), '--stdio']);
    this.child = child;
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.stdout.on('data', (bytes: Buffer) => this.#receive(bytes));
    // it may end before all is written
    child.stdin.on('error', () => {});
    this.ended = new Promise((resolve) => child.once('close', (code) => resolve({ code, stderr })));
  }

  write(bytes: string | Uint8Array): void {
    this.child.stdin?.write(bytes);
  }

  send(message: object): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  notify(method: string, params?: unknown): void {
    this.send({ method, params });
  }

  ask(method: string, params?: unknown): Promise<Answer> {
    const id = ++this.#id;
    this.send({ id, method, params });
    return this.until((answer) => answer.id === id);
  }

  async initialize(): Promise<Answer> {
    const answer = await this.ask('initialize', { processId: null, rootUri: null, capabilities: {} });
    this.notify('initialized', {});
    return answer;
  }

  open(uri: string, text: string, version = 1): void {
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version, text } });
  }

  told(uri: string, version: number): Promise<Answer> {
    return this.until(({ params }) => params?.uri === uri && params.version === version);
  }

  /** The first that fits, of all that came. */
  async until(fits: (answer: Answer) => boolean): Promise<Answer> {
    for (;;) {
      const found = this.#received.find(fits);
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** As an editor ends it. */
  async stop() {
    await this.ask('shutdown');
    this.notify('exit');
    return this.ended;
  }

  #receive(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (;;) {
      const head = this.#rest.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/.exec(this.#rest.toString('utf8', 0, Math.max(0, head)))?.[1]);
      const start = head + 4;
      if (head < 0 || this.#rest.length < start + length) break;
      this.#received.push(JSON.parse(this.#rest.toString('utf8', start, start + length)));
      this.#rest = this.#rest.subarray(start + length);
    }
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
