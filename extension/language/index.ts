import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { MonitorsParams } from '../../schemas/language/protocol.ts';
import { MONITORS_NOTIFICATION, pipelineFileRole } from '../../schemas/language/protocol.ts';
import type { Stores } from '../views/stores.ts';

/**
 * The language server for crisol.yaml: it needs no daemon and runs in untrusted folders too. It is started by the first
 * such file that is opened, so that a window without one pays nothing.
 */
export class LanguageFeatures implements vscode.Disposable {
  private client: Promise<BaseLanguageClient> | undefined;
  private readonly inExtension: (path: string) => string;
  private readonly stores: Stores;
  private readonly disposables: vscode.Disposable[];

  constructor(inExtension: (path: string) => string, stores: Stores) {
    this.inExtension = inExtension;
    this.stores = stores;
    const listening = stores.onChange((room) => {
      if (room === 'monitoring') void this.sendMonitors();
    });
    this.disposables = [
      vscode.workspace.onDidOpenTextDocument((document) => this.look(document)),
      vscode.Disposable.from(listening),
    ];
    for (const document of vscode.workspace.textDocuments) this.look(document);
  }

  async dispose(): Promise<void> {
    for (const item of this.disposables) item.dispose();
    const client = await this.client?.catch(() => undefined);
    await client?.dispose();
  }

  private look({ uri, languageId }: vscode.TextDocument): void {
    if (languageId !== 'yaml' || pipelineFileRole(uri.path) === null || this.client) return;
    this.client = this.start();
    this.client.catch(() => undefined);
  }

  private async start(): Promise<BaseLanguageClient> {
    const { startLanguageClient } = await import('./client.ts');
    const client = await startLanguageClient(
      this.inExtension('dist/language-server.cjs'),
      this.inExtension('docs/crisol-yaml.md'),
    );
    await this.sendMonitors(client);
    return client;
  }

  private async sendMonitors(client?: BaseLanguageClient): Promise<void> {
    const to = client ?? (await this.client?.catch(() => undefined));
    const parameters: MonitorsParams = { monitors: this.stores.monitoring.monitors() };
    await to?.sendNotification(MONITORS_NOTIFICATION, parameters);
  }
}
