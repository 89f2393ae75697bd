import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { ClientCapabilities, ProtocolConnection, PublishDiagnosticsParams } from 'vscode-languageserver/node';
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  ShutdownRequest,
} from 'vscode-languageserver/node';

export const URI = 'file:///somewhere/crisol.yaml';

/** An editor with the server behind it, over the protocol's own client library. */
export class LspClient {
  readonly child: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly ended: Promise<number | null>;
  private readonly told: PublishDiagnosticsParams[] = [];
  private readonly waiting: (() => void)[] = [];

  constructor(command: string, args: string[], env: Record<string, string> = {}) {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } });
    this.child = child;
    this.ended = new Promise((resolve) => child.once('close', resolve));
    this.connection = createProtocolConnection(child.stdout, child.stdin);
    this.connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.told.push(params);
      for (const wake of this.waiting.splice(0)) wake();
    });
    // whatever else the server asks of a lesser editor is refused by the library
    this.connection.onUnhandledNotification(() => {});
    this.connection.listen();
  }

  async initialize(capabilities: ClientCapabilities, more: { processId?: number | null; options?: unknown } = {}) {
    const { processId = process.pid, options } = more;
    const result = await this.connection.sendRequest(InitializeRequest.type, {
      processId,
      rootUri: null,
      capabilities,
      ...(options !== undefined && { initializationOptions: options }),
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
    return result;
  }

  async open(text: string, uri = URI): Promise<PublishDiagnosticsParams> {
    const textDocument = { uri, languageId: 'yaml', version: 1, text };
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    for (;;) {
      const found = this.told.find((params) => params.uri === uri);
      if (found) return found;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  shutdown(): Promise<void> {
    return this.connection.sendRequest(ShutdownRequest.type);
  }

  dispose(): void {
    this.connection.dispose();
    this.child.kill('SIGKILL');
  }
}
