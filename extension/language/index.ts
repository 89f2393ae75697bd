import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { LiveValues, WhyReason } from '../../schemas/language/live.ts';
import type { WhyParams } from '../../schemas/language/protocol.ts';
import { isDvcFile, LIVE_NOTIFICATION, pipelineFileRole, WHY_REQUEST } from '../../schemas/language/protocol.ts';
import type { Api } from '../daemon/api.ts';
import { systemClock } from '../daemon/clock.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { coalesce } from '../views/coalesce.ts';
import type { Room, Stores } from '../views/stores.ts';
import { EnterInOurFiles } from './enter.ts';
import { StepGutter } from './gutter.ts';
import { LiveResults } from './live.ts';

export interface LanguageParts {
  inExtension(path: string): string;
  stores: Stores;
  api: Api;
  link: DaemonLink;
  /** the folder whose crisol.yaml this window works on */
  folder(): vscode.Uri | undefined;
}

const isOurs = ({ uri, languageId }: vscode.TextDocument): boolean =>
  languageId === 'yaml' && (pipelineFileRole(uri.path) !== null || isDvcFile(uri.path));

/** A script logs all the time; what stands beside the file need not follow each point. */
const RESULTS_AT_MOST_EVERY_MS = 2_000;

/**
 * The language server for crisol.yaml: it needs no daemon and runs in untrusted folders too. It is started by the first
 * such file that is opened, so that a window without one pays nothing. What the daemon says is passed on to it.
 */
export class LanguageFeatures implements vscode.Disposable {
  private client: Promise<BaseLanguageClient> | undefined;
  private readonly parts: LanguageParts;
  private readonly results: LiveResults;
  private gutter: StepGutter | undefined;
  private readonly disposables: vscode.Disposable[];
  private readonly refresh = coalesce(systemClock, RESULTS_AT_MOST_EVERY_MS, () => void this.readResults());

  constructor(parts: LanguageParts) {
    this.parts = parts;
    this.results = new LiveResults(parts.stores, parts.api);
    this.disposables = [
      vscode.workspace.onDidOpenTextDocument((document) => this.look(document)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('crisol.editor')) void this.sendLive();
      }),
      vscode.Disposable.from(
        parts.stores.onChange((room) => this.roomChanged(room)),
        parts.link.onState(() => void this.sendLive()),
      ),
    ];
    for (const document of vscode.workspace.textDocuments) this.look(document);
  }

  async dispose(): Promise<void> {
    for (const item of this.disposables) item.dispose();
    const client = await this.client?.catch(() => undefined);
    await client?.dispose();
  }

  /** Why a step of the file would run, as the file tells it. */
  async why({ uri, step }: { uri: vscode.Uri; step: string }): Promise<WhyReason[] | null> {
    await vscode.workspace.openTextDocument(uri);
    this.client ??= this.start();
    const request: WhyParams = { uri: uri.toString(), step };
    return (await this.client).sendRequest(WHY_REQUEST, request);
  }

  private look(document: vscode.TextDocument): void {
    if (!isOurs(document) || this.client) return;
    this.client = this.start();
    this.client.catch(() => undefined);
  }

  private async start(): Promise<BaseLanguageClient> {
    this.disposables.push(new EnterInOurFiles(isOurs));
    const { startLanguageClient } = await import('./client.ts');
    const { inExtension } = this.parts;
    const client = await startLanguageClient(
      inExtension('dist/language-server.cjs'),
      inExtension('docs/crisol-yaml.md'),
    );
    this.gutter = this.markSteps(client);
    this.disposables.push(this.gutter);
    await this.sendLive(client);
    this.refresh();
    return client;
  }

  private markSteps(client: BaseLanguageClient): StepGutter {
    return new StepGutter({
      isOurs: (document) => isOurs(document) && !isDvcFile(document.uri.path),
      outline: (uri) => client.sendRequest('textDocument/documentSymbol', { textDocument: { uri: uri.toString() } }),
      steps: () => this.results.steps(),
      isKnown: (uri) => {
        const folder = this.parts.folder()?.path;
        return folder !== undefined && uri.path.startsWith(`${folder.replace(/\/$/, '')}/`);
      },
    });
  }

  private roomChanged(room: Room): void {
    if (!this.client) return;
    if (room === 'pipelines') this.gutter?.refresh();
    if (room === 'tracking' || room === 'pipelines') this.refresh();
    if (room !== 'tracking' && room !== 'serving' && room !== 'triggers') void this.sendLive();
  }

  private async readResults(): Promise<void> {
    // whoever asks a daemon that is stopped starts it
    if (this.parts.link.state.kind !== 'connected') return;
    await this.results.read();
    await this.sendLive();
  }

  private async sendLive(client?: BaseLanguageClient): Promise<void> {
    const settings = vscode.workspace.getConfiguration('crisol.editor');
    const values: LiveValues = {
      folder: this.parts.folder()?.toString() ?? null,
      canRun: !['untrusted', 'no-folder', 'no-file'].includes(this.parts.link.state.kind),
      steps: this.results.steps(),
      sweeps: this.results.sweeps(),
      models: this.results.models(),
      knowsModels: this.parts.link.state.kind === 'connected' && this.parts.stores.isLoaded('registry'),
      monitors: this.parts.stores.monitoring.monitors(),
      ...this.results.newest,
      show: { lenses: settings.get('codeLens', true), hints: settings.get('inlayHints', true) },
    };
    const to = client ?? (await this.client?.catch(() => undefined));
    await to?.sendNotification(LIVE_NOTIFICATION, values);
  }
}
