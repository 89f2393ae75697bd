import type { CompletionList } from 'vscode-languageserver/node';
import { CodeLensRefreshRequest, TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { LiveValues } from '../schemas/language/live.ts';
import type { LanguageServerOptions, MonitorsParams, WhyParams } from '../schemas/language/protocol.ts';
import { isDvcFile, LIVE_NOTIFICATION, MONITORS_NOTIFICATION, WHY_REQUEST } from '../schemas/language/protocol.ts';
import { connect } from './client/connect.ts';
import { offerFormatting } from './client/formatting.ts';
import { ownPage } from './client/own-page.ts';
import { actionsFor, clientOf, completionsFor, hoverFor } from './client/plainer.ts';
import type { Analysis } from './documents/analysis.ts';
import { dvcActions } from './dvc/actions.ts';
import { DvcDocuments } from './dvc/documents.ts';
import { dvcDefinition, dvcDiagnostics, dvcHover, dvcSymbols } from './dvc/features.ts';
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from './features/call-hierarchy.ts';
import { ACTION_KINDS, codeActions } from './features/code-actions.ts';
import { codeLenses } from './features/code-lenses.ts';
import { complete } from './features/complete.ts';
import { diagnostics } from './features/diagnostics.ts';
import { driftActions } from './features/drift-actions.ts';
import { foldingRanges } from './features/folding.ts';
import { formatDocument, formatRange } from './features/formatting.ts';
import { hover } from './features/hover.ts';
import { inlayHints } from './features/inlay-hints.ts';
import { documentLinks } from './features/links.ts';
import { definition, highlights, references } from './features/navigation.ts';
import { rename, renameRange } from './features/rename.ts';
import { selectionRanges } from './features/selection.ts';
import { LEGEND, semanticTokens } from './features/semantic-tokens.ts';
import { signatureHelp } from './features/signature.ts';
import { symbols } from './features/symbols.ts';
import { why } from './features/why.ts';
import { workspaceSymbols } from './features/workspace-symbols.ts';
import { Live } from './live/live.ts';
import { plain } from './projects/addresses.ts';
import { afterBurst } from './projects/burst.ts';
import { Publisher } from './projects/publisher.ts';
import type { Navigable } from './projects/sources.ts';
import { Typing } from './projects/typing.ts';
import { ParamsFilesFollowed, watchFiles } from './projects/watching.ts';
import { Workspace } from './projects/workspace.ts';
import { DiskFiles } from './providers/disk-files.ts';

const connection = connect();
const documents = new TextDocuments(TextDocument);
const files = new DiskFiles();
/** Open documents by their addresses as they are compared: editors write these in several ways. */
const byAddress = new Map<string, TextDocument>();
const openDocument = (address: string) => documents.get(address) ?? byAddress.get(plain(address));
const workspace = new Workspace({ get: openDocument, all: () => documents.all() }, files);
const publisher = new Publisher({
  all: () => workspace.all(),
  versionOf: (uri) => documents.get(uri)?.version,
  diagnosticsOf: (analysis) => typing.toldOf(analysis.uri, diagnostics(analysis, live.monitors, options.docs)),
  send: (params) => void connection.sendDiagnostics(params),
});
const typing = new Typing({
  later(act, ms) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  paused: () => publish(),
});
const paramsFiles = new ParamsFilesFollowed(connection);
let options: LanguageServerOptions = {};
let client = clientOf({}, false);
const live = new Live();
let refreshes = { lenses: false, hints: false };
let registers = { watchers: false, documents: false, formatting: false };

connection.onInitialize(({ initializationOptions, capabilities, workspaceFolders, rootUri }) => {
  options = { docs: ownPage(), ...initializationOptions };
  client = clientOf(capabilities, options.commands === true);
  refreshes = {
    lenses: capabilities.workspace?.codeLens?.refreshSupport ?? false,
    hints: capabilities.workspace?.inlayHint?.refreshSupport ?? false,
  };
  registers = {
    watchers: capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    documents: capabilities.textDocument?.synchronization?.dynamicRegistration ?? false,
    formatting: capabilities.textDocument?.formatting?.dynamicRegistration ?? false,
  };
  workspace.folders = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  return {
    serverInfo: { name: 'crisol' },
    capabilities: {
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
      ...(options.commands && { codeLensProvider: {} }),
      callHierarchyProvider: true,
      inlayHintProvider: true,
      signatureHelpProvider: { triggerCharacters: ['(', ','] },
    },
  };
});

connection.onInitialized(() => {
  if (registers.watchers) void watchFiles(connection);
  if (registers.formatting) offerFormatting(connection).catch(() => undefined);
});

const dvc = new DvcDocuments(openDocument, files);

/** What is said of a dvc.yaml changes with the params files beside it, too. */
function publishDvc(): void {
  for (const { uri, version } of documents.all()) {
    const file = dvc.of(uri);
    if (file) void connection.sendDiagnostics({ uri, version, diagnostics: dvcDiagnostics(file, uri) });
  }
}

function publish(changed?: ReadonlySet<string>): void {
  publisher.publish(changed);
  if (registers.documents) paramsFiles.follow(workspace.paramsFiles());
}

// what one types fast, or an editor sends in pieces, is told about once
const publishSoon = afterBurst<string>((changed) => {
  publish(changed);
  publishDvc();
});
documents.onDidChangeContent(({ document }) => {
  const { uri } = document;
  byAddress.set(plain(uri), document);
  typing.changed(document);
  workspace.changed(uri);
  publishSoon(uri);
});
// nothing of it may be taken for what somebody opens next under its name
const forgetSoon = afterBurst<string>(() => {
  workspace.forgetClosed();
  files.keep(documents.keys());
});
documents.onDidClose(({ document: { uri } }) => {
  byAddress.delete(plain(uri));
  typing.closed(uri);
  workspace.closed(uri);
  dvc.closed(uri);
  if (isDvcFile(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
  publishSoon(uri);
  forgetSoon(uri);
});
// an editor that watches no files tells at least what it saves itself
documents.onDidSave(({ document: { uri } }) => files.changed([uri]));
connection.onDidChangeWatchedFiles(({ changes }) => files.changed(changes.map(({ uri }) => uri)));
files.onChange(() => {
  workspace.changed();
  publish();
  publishDvc();
});

connection.onNotification(MONITORS_NOTIFICATION, (params: MonitorsParams) => {
  live.monitors = params.monitors;
  publish();
});

connection.onNotification(LIVE_NOTIFICATION, (values: LiveValues) => {
  live.values = values;
  // an editor that has gone meanwhile needs no answer
  if (refreshes.lenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
  if (refreshes.hints) connection.languages.inlayHint.refresh().catch(() => undefined);
});

/** Answers about the newest version of a file that is open or belongs to an open one; nothing about any other. */
function about<Answer>(uri: string, nothing: Answer, tell: (analysis: Analysis) => Answer): Answer {
  const analysis = workspace.analysisOf(uri);
  return analysis ? tell(analysis) : nothing;
}

/** The same for params files, whose names lead to ours. */
function aboutNames<Answer>(uri: string, nothing: Answer, tell: (file: Navigable) => Answer): Answer {
  const file = workspace.navigableOf(uri);
  return file ? tell(file) : nothing;
}

/** A first look at a file on a disk takes less; a share that hangs holds nobody up for longer. */
const LOOK_MS = 150;

async function onceLooked<Answer>(tell: () => Answer): Promise<Answer> {
  const first = tell();
  if (!files.isLooking()) return first;
  await files.settled(LOOK_MS);
  return tell();
}

connection.onCompletion(async ({ textDocument: { uri }, position }): Promise<CompletionList> => {
  const items = await onceLooked(() =>
    about(uri, [], (analysis) => completionsFor(complete(analysis, position, { live: live.of(uri) }), client)),
  );
  // what the disk is still asked for is there at the next letter
  return { isIncomplete: files.isLooking(), items };
});
connection.onHover(async ({ textDocument: { uri }, position }) => {
  const file = dvc.of(uri);
  if (file) return hoverFor(dvcHover(file, position), client);
  const found = await onceLooked(() => about(uri, null, (one) => hover(one, position, live.of(uri))));
  return hoverFor(found, client);
});
connection.onCodeAction(({ textDocument: { uri }, range, context: { only } }) => {
  const file = dvc.of(uri);
  if (file) return actionsFor(dvcActions(file, uri, range.start), client);
  return about(uri, [], (analysis) => [
    ...codeActions(analysis, range, options.docs, only),
    ...actionsFor(driftActions(analysis, live.monitors, range, options.docs), client),
  ]);
});
// nothing, not no ranges: an editor then folds by indentation
connection.onFoldingRanges(({ textDocument }) => about(textDocument.uri, null, foldingRanges));
connection.onSelectionRanges(({ textDocument, positions }) =>
  about(textDocument.uri, null, (analysis) => selectionRanges(analysis, positions)),
);
connection.onDocumentLinks(({ textDocument }) => about(textDocument.uri, [], documentLinks));
connection.languages.semanticTokens.on(({ textDocument }) => about(textDocument.uri, { data: [] }, semanticTokens));
connection.onDefinition(({ textDocument: { uri }, position }) => {
  const file = dvc.of(uri);
  if (file) return dvcDefinition(file, uri, position, (path) => dvc.read(uri, path));
  return aboutNames(uri, [], (one) => definition(one, position));
});
connection.onReferences(({ textDocument, position, context }) =>
  aboutNames(textDocument.uri, [], (file) => references(file, position, context.includeDeclaration)),
);
connection.onDocumentHighlight(({ textDocument, position }) =>
  aboutNames(textDocument.uri, [], (file) => highlights(file, position)),
);
connection.onPrepareRename(({ textDocument, position }) =>
  aboutNames(textDocument.uri, null, (file) => renameRange(file, position)),
);
connection.onRenameRequest(({ textDocument, position, newName }) =>
  aboutNames(textDocument.uri, null, (file) => rename(file, position, newName)),
);
connection.onSignatureHelp(({ textDocument, position }) =>
  about(textDocument.uri, null, (analysis) => signatureHelp(analysis, position)),
);
connection.languages.callHierarchy.onPrepare(({ textDocument, position }) =>
  about(textDocument.uri, [], (analysis) => prepareCallHierarchy(analysis, position)),
);
connection.languages.callHierarchy.onIncomingCalls(({ item }) =>
  about(item.uri, [], (analysis) => incomingCalls(analysis, item)),
);
connection.languages.callHierarchy.onOutgoingCalls(({ item }) =>
  about(item.uri, [], (analysis) => outgoingCalls(analysis, item)),
);
connection.onDocumentFormatting(({ textDocument }) => about(textDocument.uri, [], formatDocument));
connection.onDocumentRangeFormatting(({ textDocument, range }) =>
  about(textDocument.uri, [], (analysis) => formatRange(analysis, range)),
);
connection.onCodeLens(({ textDocument: { uri } }) => about(uri, [], (analysis) => codeLenses(analysis, live.of(uri))));
connection.languages.inlayHint.on(({ textDocument: { uri }, range }) =>
  about(uri, [], (analysis) => inlayHints(analysis, range, live.of(uri))),
);
connection.onRequest(WHY_REQUEST, ({ uri, step }: WhyParams) => about(uri, null, (analysis) => why(analysis, step)));
connection.onWorkspaceSymbol(({ query }) => workspaceSymbols(workspace.sources(), query));
connection.onDocumentSymbol(({ textDocument: { uri } }) => {
  const file = dvc.of(uri);
  return file ? dvcSymbols(file) : about(uri, [], symbols);
});

documents.listen(connection);
connection.listen();
