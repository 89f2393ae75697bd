import { createConnection, ProposedFeatures, TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { LanguageServerOptions, MonitorsParams } from '../schemas/language/protocol.ts';
import { MONITORS_NOTIFICATION } from '../schemas/language/protocol.ts';
import type { MonitorSummary } from '../schemas/wire/monitoring.ts';
import type { Analysis } from './documents/analysis.ts';
import { Analyses } from './documents/analysis.ts';
import { codeActions } from './features/code-actions.ts';
import { complete } from './features/complete.ts';
import { diagnostics } from './features/diagnostics.ts';
import { driftActions } from './features/drift-actions.ts';
import { hover } from './features/hover.ts';
import { symbols } from './features/symbols.ts';

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
const analyses = new Analyses();
let options: LanguageServerOptions = {};
let monitors: readonly MonitorSummary[] = [];

connection.onInitialize(({ initializationOptions }) => {
  options = initializationOptions ?? {};
  return {
    serverInfo: { name: 'crisol' },
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Incremental,
      completionProvider: { triggerCharacters: [' ', ':', '[', '{', ',', '@', '-'] },
      hoverProvider: true,
      codeActionProvider: { codeActionKinds: ['quickfix'] },
      documentSymbolProvider: true,
    },
  };
});

function publish(document: TextDocument): void {
  const analysis = analyses.of(document);
  if (!analysis) return;
  const { uri, version } = analysis;
  void connection.sendDiagnostics({ uri, version, diagnostics: diagnostics(analysis, monitors, options.docs) });
}

documents.onDidChangeContent(({ document }) => publish(document));
documents.onDidClose(({ document: { uri } }) => {
  analyses.forget(uri);
  void connection.sendDiagnostics({ uri, diagnostics: [] });
});

connection.onNotification(MONITORS_NOTIFICATION, (params: MonitorsParams) => {
  monitors = params.monitors;
  for (const document of documents.all()) publish(document);
});

/** Answers about the newest version of an open file; nothing about any other. */
function about<Answer>(uri: string, nothing: Answer, tell: (analysis: Analysis) => Answer): Answer {
  const document = documents.get(uri);
  const analysis = document && analyses.of(document);
  return analysis ? tell(analysis) : nothing;
}

connection.onCompletion(({ textDocument, position }) =>
  about(textDocument.uri, [], (analysis) => complete(analysis, position)),
);
connection.onHover(({ textDocument, position }) =>
  about(textDocument.uri, null, (analysis) => hover(analysis, position)),
);
connection.onCodeAction(({ textDocument, range }) =>
  about(textDocument.uri, [], (analysis) => [
    ...codeActions(analysis, range, options.docs),
    ...driftActions(analysis, monitors, range, options.docs),
  ]),
);
connection.onDocumentSymbol(({ textDocument }) => about(textDocument.uri, [], symbols));

documents.listen(connection);
connection.listen();
