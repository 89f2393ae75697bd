import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { KeptState } from '../../schemas/panels/common.ts';
import { PANELS_VERSION } from '../../schemas/panels/common.ts';
import type { Conversation, PanelKind, Ways } from './conversation.ts';
import { pageHtml } from './html.ts';
import type { PanelPorts } from './ports.ts';

/** All panels of one kind: opened once each, and again with what a reloaded window kept of them. */
export class PanelWindows<Subject, To, From extends { type: string }> {
  private readonly open = new Map<string, { panel: vscode.WebviewPanel; conversation: Conversation<From> }>();
  private readonly kind: PanelKind<Subject, To, From>;
  private readonly ports: PanelPorts;
  private readonly ways: Ways;
  private readonly serializer: vscode.Disposable;

  constructor(kind: PanelKind<Subject, To, From>, ports: PanelPorts, ways: Ways) {
    this.kind = kind;
    this.ports = ports;
    this.ways = ways;
    this.serializer = vscode.window.registerWebviewPanelSerializer(kind.viewType, {
      deserializeWebviewPanel: async (panel, kept: unknown) => this.restore(panel, kept),
    });
  }

  /** `what` is what a person asks for of it. */
  show(subject: Subject, { where = 'here', what }: { where?: 'here' | 'beside'; what?: string } = {}): void {
    this.bring(subject, where);
    if (what !== undefined) this.open.get(this.kind.key(subject))?.conversation.turnTo?.(what);
  }

  private bring(subject: Subject, where: 'here' | 'beside'): void {
    const preserveFocus = where === 'beside';
    const already = this.open.get(this.kind.key(subject));
    if (already) {
      already.panel.reveal(undefined, preserveFocus);
      return;
    }
    const viewColumn = preserveFocus ? this.columnBeside() : vscode.ViewColumn.Active;
    const title = this.kind.title(subject);
    const panel = vscode.window.createWebviewPanel(this.kind.viewType, title, { viewColumn, preserveFocus });
    this.fill(panel, subject);
  }

  isSeen(): boolean {
    return [...this.open.values()].some(({ panel }) => panel.visible);
  }

  /** Where another panel of the kind shows; the window is split only to keep a text in sight, and only once. */
  private columnBeside(): vscode.ViewColumn {
    const shown = [...this.open.values()].find(({ panel }) => panel.visible)?.panel.viewColumn;
    return shown ?? (vscode.window.activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active);
  }

  dispose(): void {
    this.serializer.dispose();
    for (const { panel } of [...this.open.values()]) panel.dispose();
  }

  private restore(panel: vscode.WebviewPanel, kept: unknown): void {
    const state = kept as KeptState<unknown, unknown> | undefined;
    const subject = state?.version === PANELS_VERSION ? this.kind.subjectFrom(state.subject) : null;
    if (subject === null || this.open.has(this.kind.key(subject))) panel.dispose();
    else this.fill(panel, subject);
  }

  private fill(panel: vscode.WebviewPanel, subject: Subject): void {
    const key = this.kind.key(subject);
    const surface = new WebviewSurface<To>(panel);
    const conversation = this.kind.converse(subject, surface, this.ports, this.ways);
    this.open.set(key, { panel, conversation });
    panel.webview.onDidReceiveMessage((message: From) => {
      if (message.type === 'start-daemon') this.ports.openers.startDaemon();
      else listen(message, surface, conversation);
    });
    panel.onDidChangeViewState(() => {
      // a hidden page is thrown away; it says "ready" when it stands again
      if (!panel.visible) surface.standing = false;
    });
    panel.onDidDispose(() => {
      surface.standing = false;
      if (this.open.get(key)?.panel === panel) this.open.delete(key);
      conversation.dispose();
    });
    const root = vscode.Uri.joinPath(this.ports.extensionUri, 'dist', 'webviews');
    panel.webview.options = { enableScripts: true, localResourceRoots: [root] };
    const file = (name: string) => panel.webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
    panel.webview.html = pageHtml({
      title: panel.title,
      script: file(`${this.kind.bundle}.js`),
      style: file(`${this.kind.bundle}.css`),
      cspSource: panel.webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
      subject,
    });
  }
}

function listen<To, From extends { type: string }>(
  message: From,
  surface: WebviewSurface<To>,
  conversation: Conversation<From>,
): void {
  if (message.type !== 'ready') {
    conversation.receive(message);
    return;
  }
  surface.standing = true;
  conversation.tellAll();
}

class WebviewSurface<To> {
  standing = false;
  private readonly panel: vscode.WebviewPanel;

  constructor(panel: vscode.WebviewPanel) {
    this.panel = panel;
  }

  post(message: To): void {
    if (this.standing) void this.panel.webview.postMessage(message);
  }

  title(text: string): void {
    if (this.panel.title !== text) this.panel.title = text;
  }
}
