import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { MessageConnection, Position, PublishDiagnosticsParams } from 'vscode-languageserver/node';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

interface StartOptions {
  settings?: Record<string, unknown>;
  flags?: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** An editor with one file open, as a language server sees it over stdio. Times are in milliseconds. */
export class BenchEditor {
  readonly #uri: string;
  readonly #server: ChildProcess;
  readonly #connection: MessageConnection;
  #version = 1;
  #waiting: ((diagnostics: PublishDiagnosticsParams) => void)[] = [];

  private constructor(uri: string, server: ChildProcess, connection: MessageConnection) {
    this.#uri = uri;
    this.#server = server;
    this.#connection = connection;
    connection.onNotification('textDocument/publishDiagnostics', (told: PublishDiagnosticsParams) => {
      // of an older version: what was typed since is not in it
      if (told.uri !== uri || (told.version !== undefined && told.version < this.#version)) return;
      for (const resolve of this.#waiting.splice(0)) resolve(told);
    });
  }

  /** `settings`: by section, for servers that ask for them; `flags`: what Node is told at the start. */
  static async start(program: string, uri: string, options: StartOptions): Promise<BenchEditor> {
    const { settings = {}, flags = [], env = {} } = options;
    const server = spawn(process.execPath, [...flags, program, '--stdio'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, ...env },
    });
    const { stdin, stdout } = server;
    const connection = createMessageConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    connection.onRequest('workspace/configuration', ({ items }: { items: { section?: string }[] }) =>
      items.map(({ section = '' }) => settings[section] ?? null),
    );
    connection.onRequest('client/registerCapability', () => null);
    const editor = new BenchEditor(uri, server, connection);
    connection.listen();
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {
        workspace: { configuration: true },
        textDocument: { completion: { completionItem: { snippetSupport: true } } },
      },
    });
    await connection.sendNotification('initialized', {});
    return editor;
  }

  /** Until the first diagnostics. */
  async open(text: string): Promise<number> {
    const textDocument = { uri: this.#uri, languageId: 'yaml', version: this.#version, text };
    const told = this.#nextDiagnostics();
    const begin = performance.now();
    await this.#connection.sendNotification('textDocument/didOpen', { textDocument });
    await told;
    return performance.now() - begin;
  }

  /** Until the diagnostics of the text with what was typed: of the word at the cursor itself ours tells once typing pauses. */
  async type(at: Position, text: string): Promise<number> {
    const told = this.#nextDiagnostics();
    const begin = performance.now();
    await this.#change(at, at, text);
    await told;
    return performance.now() - begin;
  }

  async erase(at: Position, length: number): Promise<void> {
    const told = this.#nextDiagnostics();
    await this.#change(at, { line: at.line, character: at.character + length }, '');
    await told;
  }

  /** Right after a key was pressed, while the server has not said anything about it yet. */
  async complete(at: Position, typed: string): Promise<number> {
    const told = this.#nextDiagnostics();
    const position = { line: at.line, character: at.character + typed.length };
    const begin = performance.now();
    await this.#change(at, at, typed);
    const answer = await this.#ask<{ items: unknown[] } | unknown[] | null>('completion', position);
    const time = performance.now() - begin;
    const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
    if (items.length === 0) throw new Error('no completions');
    await told;
    return time;
  }

  async hover(at: Position): Promise<number> {
    const begin = performance.now();
    const answer = await this.#ask('hover', at);
    const time = performance.now() - begin;
    if (!answer) throw new Error('no hover');
    return time;
  }

  /** megabytes, now */
  get memory(): number {
    return this.#megabytes('VmRSS');
  }

  /** megabytes, since it began */
  get mostMemory(): number {
    return this.#megabytes('VmHWM');
  }

  async stop(): Promise<void> {
    const ended = once(this.#server, 'exit');
    this.#connection.dispose();
    this.#server.kill();
    await ended;
  }

  #megabytes(name: string): number {
    const status = readFileSync(`/proc/${this.#server.pid}/status`, 'utf8');
    const [, kilobytes] = new RegExp(`${name}:\\s+(\\d+) kB`).exec(status) ?? [];
    return Number(kilobytes) / 1024;
  }

  #ask<Answer>(what: string, position: Position): Promise<Answer> {
    return this.#connection.sendRequest(`textDocument/${what}`, { textDocument: { uri: this.#uri }, position });
  }

  #change(start: Position, end: Position, text: string): Promise<void> {
    return this.#connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.#uri, version: ++this.#version },
      contentChanges: [{ range: { start, end }, text }],
    });
  }

  #nextDiagnostics(): Promise<PublishDiagnosticsParams> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
