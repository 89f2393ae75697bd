import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import type {
  ClientCapabilities,
  CodeAction,
  CompletionItem,
  CompletionList,
  Diagnostic,
  DocumentSymbol,
  Hover,
  InitializeResult,
  Location,
  ProtocolConnection,
  PublishDiagnosticsParams,
  Range,
  Registration,
  RegistrationParams,
  TextDocumentContentChangeEvent,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import {
  createProtocolConnection,
  FileChangeType,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { LiveValues } from '../../../schemas/language/live.ts';
import type { LanguageServerOptions } from '../../../schemas/language/protocol.ts';
import { LIVE_NOTIFICATION } from '../../../schemas/language/protocol.ts';
import { packedProgram } from '../../support/programs.ts';

const SERVER = packedProgram('language-server');

type Awaited = { uri: string; accepts(found: Diagnostic[]): boolean; resolve(found: Diagnostic[]): void };

/** The real server in a process of its own, spoken to as an editor speaks to it. */
export class LanguageClient {
  readonly #process: ChildProcess;
  readonly #connection: ProtocolConnection;
  readonly #published = new Map<string, Diagnostic[]>();
  #waiting: Awaited[] = [];
  #version = 0;

  constructor() {
    const child = spawn(process.execPath, [SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process = child;
    this.#connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    this.#connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) =>
      this.#receive(params),
    );
    this.#connection.listen();
  }

  /** What the server asked for since it began, newest last. */
  readonly registered: Registration[] = [];

  async initialize(
    initializationOptions: LanguageServerOptions = {},
    capabilities: ClientCapabilities = {},
  ): Promise<InitializeResult> {
    this.#connection.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
      this.registered.push(...registrations);
    });
    this.#connection.onRequest('client/unregisterCapability', () => {});
    const params = { processId: process.pid, rootUri: null, capabilities, initializationOptions };
    const result = await this.#connection.sendRequest<InitializeResult>('initialize', params);
    await this.#connection.sendNotification('initialized', {});
    return result;
  }

  async open(uri: string, text: string): Promise<void> {
    const textDocument = { uri, languageId: 'yaml', version: ++this.#version, text };
    await this.#connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  async change(uri: string, ...contentChanges: TextDocumentContentChangeEvent[]): Promise<void> {
    this.#published.delete(uri);
    const textDocument = { uri, version: ++this.#version };
    await this.#connection.sendNotification('textDocument/didChange', { textDocument, contentChanges });
  }

  async close(uri: string): Promise<void> {
    this.#published.delete(uri);
    await this.#connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  async watched(...uris: string[]): Promise<void> {
    const changes = uris.map((uri) => ({ uri, type: FileChangeType.Changed }));
    await this.#connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  }

  definition(uri: string, line: number, character: number): Promise<Location[]> {
    return this.#ask('textDocument/definition', uri, { position: { line, character } });
  }

  references(uri: string, line: number, character: number): Promise<Location[]> {
    return this.#ask('textDocument/references', uri, {
      position: { line, character },
      context: { includeDeclaration: false },
    });
  }

  rename(uri: string, line: number, character: number, newName: string): Promise<WorkspaceEdit | null> {
    return this.#ask('textDocument/rename', uri, { position: { line, character }, newName });
  }

  /** What a daemon knows of the project in a folder: besides this, nothing. */
  async live(folder: string, known: Partial<LiveValues>): Promise<void> {
    this.#published.clear();
    const nothing = { steps: [], sweeps: [], runs: [], best: [], models: [], knowsModels: false, monitors: [] };
    const values: LiveValues = { ...nothing, canRun: true, show: { lenses: true, hints: true }, folder, ...known };
    await this.#connection.sendNotification(LIVE_NOTIFICATION, values);
  }

  /** The newest diagnostics of a file, once they satisfy. */
  diagnostics(uri: string, accepts: (found: Diagnostic[]) => boolean = () => true): Promise<Diagnostic[]> {
    const known = this.#published.get(uri);
    if (known && accepts(known)) return Promise.resolve(known);
    return new Promise((resolve) => this.#waiting.push({ uri, accepts, resolve }));
  }

  async completion(uri: string, line: number, character: number): Promise<CompletionItem[]> {
    const list = await this.#ask<CompletionList>('textDocument/completion', uri, { position: { line, character } });
    return list.items;
  }

  hover(uri: string, line: number, character: number): Promise<Hover | null> {
    return this.#ask('textDocument/hover', uri, { position: { line, character } });
  }

  codeActions(uri: string, range: Range, only?: string[]): Promise<CodeAction[]> {
    return this.#ask('textDocument/codeAction', uri, { range, context: { diagnostics: [], only } });
  }

  symbols(uri: string): Promise<DocumentSymbol[]> {
    return this.#ask('textDocument/documentSymbol', uri, {});
  }

  /** Ends it as an editor does; the exit code of the process. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.#process.once('exit', resolve));
    await this.#connection.sendRequest('shutdown');
    await this.#connection.sendNotification('exit');
    return ended;
  }

  #ask<Answer>(method: string, uri: string, params: object): Promise<Answer> {
    return this.#connection.sendRequest<Answer>(method, { textDocument: { uri }, ...params });
  }

  #receive({ uri, diagnostics }: PublishDiagnosticsParams): void {
    this.#published.set(uri, diagnostics);
    const satisfied = this.#waiting.filter((waiting) => waiting.uri === uri && waiting.accepts(diagnostics));
    this.#waiting = this.#waiting.filter((waiting) => !satisfied.includes(waiting));
    for (const waiting of satisfied) waiting.resolve(diagnostics);
  }
}
