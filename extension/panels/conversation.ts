import type { ConversationPorts } from './ports.ts';

/** One panel's side of the talk with its webview. */
export interface Conversation<From> {
  /** the webview stands, for the first time or again after it was hidden: it knows nothing */
  tellAll(): void;
  receive(message: From): void;
  /** A person asks for one thing of it, now or as soon as the webview stands. */
  turnTo?(what: string): void;
  dispose(): void;
}

/** The webview, as a conversation sees it. What is posted while nobody stands there is lost, and need not be said. */
export interface Surface<To> {
  readonly standing: boolean;
  post(message: To): void;
  title(text: string): void;
}

/** Ways from one panel to another. */
export interface Ways {
  showRun(runId: string): void;
  compareRuns(runIds: string[]): void;
  showEndpoint(name: string): void;
}

/** One kind of panel: what it is about, and how it talks. */
export interface PanelKind<Subject, To, From> {
  /** also the activation event `onWebviewPanel:…` */
  viewType: string;
  /** dist/webviews/… */
  bundle: string;
  /** two panels about the same are one */
  key(subject: Subject): string;
  title(subject: Subject): string;
  /** what a reloaded window kept; null when it is not to be trusted */
  subjectFrom(kept: unknown): Subject | null;
  converse(subject: Subject, surface: Surface<To>, ports: ConversationPorts, ways: Ways): Conversation<From>;
}

export function isNamed(kept: unknown): kept is { name: string } {
  return typeof kept === 'object' && kept !== null && 'name' in kept && typeof kept.name === 'string';
}
