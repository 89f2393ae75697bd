import type { InitializeParams } from 'vscode-languageserver';
import { MarkupKind } from 'vscode-languageserver';
import type { LanguageServerOptions } from '../../schemas/language/protocol.ts';
import { ownPage } from './own-page.ts';

/** The editor at the other end: what it can show and do, and what it works on. */
export interface Client {
  snippets: boolean;
  markdown: boolean;
  /** it has the commands of our extension, and VS Code's own */
  commands: boolean;
  /** address of the page that explains the diagnostics */
  docs: string | undefined;
  /** what it asks for anew when it is told to */
  refreshes: { lenses: boolean; hints: boolean };
  /** what it lets be said later, once more is known */
  registers: { watchers: boolean; documents: boolean; formatting: boolean };
  /** addresses of the folders that are open in it */
  folders: readonly string[];
}

export function clientOf({
  initializationOptions,
  capabilities: { workspace, textDocument },
  workspaceFolders,
  rootUri,
}: Pick<InitializeParams, 'initializationOptions' | 'capabilities' | 'workspaceFolders' | 'rootUri'>): Client {
  const options: LanguageServerOptions = initializationOptions ?? {};
  return {
    snippets: textDocument?.completion?.completionItem?.snippetSupport ?? false,
    // who does not say may show the marks, but shows them
    markdown: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? true,
    commands: options.commands === true,
    docs: options.docs ?? ownPage(),
    refreshes: {
      lenses: workspace?.codeLens?.refreshSupport ?? false,
      hints: workspace?.inlayHint?.refreshSupport ?? false,
    },
    registers: {
      watchers: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
      documents: textDocument?.synchronization?.dynamicRegistration ?? false,
      formatting: textDocument?.formatting?.dynamicRegistration ?? false,
    },
    folders: workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []),
  };
}
