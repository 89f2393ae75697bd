import type { ServerCapabilities } from 'vscode-languageserver';
import { TextDocumentSyncKind } from 'vscode-languageserver';
import { ACTION_KINDS } from '../features/code-actions/code-actions.ts';
import { LEGEND } from '../features/semantic-tokens.ts';
import type { Client } from './client.ts';

/** What this editor is told that it can ask for. */
export function offerTo({ commands, registers }: Client): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    completionProvider: { triggerCharacters: [' ', ':', '[', '{', ',', '@', '-', '.', "'", '/'] },
    hoverProvider: true,
    workspaceSymbolProvider: true,
    codeActionProvider: { codeActionKinds: ACTION_KINDS },
    ...(!registers.formatting && { documentFormattingProvider: true, documentRangeFormattingProvider: true }),
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    documentLinkProvider: {},
    semanticTokensProvider: { legend: LEGEND, full: true },
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    ...(commands && { codeLensProvider: {} }),
    callHierarchyProvider: true,
    inlayHintProvider: true,
    signatureHelpProvider: { triggerCharacters: ['(', ','] },
  };
}
