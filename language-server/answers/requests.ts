import type { Connection } from 'vscode-languageserver';
import type { WhyParams } from '../../schemas/language/protocol.ts';
import { WHY_REQUEST } from '../../schemas/language/protocol.ts';
import type { Client } from '../client/client.ts';
import { actionsFor, completionsFor, hoverFor, signatureFor } from '../client/plainer.ts';
import { isWanted } from '../features/code-actions/code-actions.ts';
import { workspaceSymbols } from '../features/workspace-symbols.ts';
import type { Known } from '../known/known.ts';
import type { FileAnswers } from './answers.ts';
import { aboutFile } from './files.ts';
import { onceLooked } from './once-looked.ts';
import { withExtents } from './with-extents.ts';

type About = (uri: string) => FileAnswers;

/** Each request of the protocol leads to one answer, in the words of this editor. */
export function answerRequests(connection: Connection, client: Client, known: Known): void {
  const about: About = (uri) => aboutFile(uri, known, client.docs);
  atTheCursor(connection, client, known, about);
  namesAndSteps(connection, about);
  wholeFiles(connection, about);
  connection.onWorkspaceSymbol(({ query }) => workspaceSymbols(known.workspace.sources(), query));
}

/** What the disk has may come a moment later. */
function atTheCursor(connection: Connection, client: Client, { texts, files }: Known, about: About): void {
  const versionOf = (uri: string) => texts.get(uri)?.version;
  connection.onCompletion(async ({ textDocument: { uri }, position }, token) => {
    const question = { token, version: () => versionOf(uri) };
    const items = await onceLooked(files, question, () => about(uri).completions?.(position) ?? []);
    // what the disk is still asked for is there at the next letter
    return { isIncomplete: files.isLooking(), items: completionsFor(items, client) };
  });
  connection.onHover(async ({ textDocument: { uri }, position }, token) => {
    const question = { token, version: () => versionOf(uri) };
    const found = await withExtents(question, (extentOf) =>
      onceLooked(files, question, () => about(uri).hover?.(position, extentOf) ?? null),
    );
    return hoverFor(found, client);
  });
  connection.onSignatureHelp(({ textDocument: { uri }, position }) =>
    signatureFor(about(uri).signature?.(position) ?? null, client),
  );
  connection.onCodeAction(({ textDocument: { uri }, range, context: { only } }) => {
    const actions = about(uri).actions?.(range, only) ?? [];
    return actionsFor(
      actions.filter(({ kind }) => isWanted(kind, only)),
      client,
    );
  });
}

function namesAndSteps(connection: Connection, about: About): void {
  connection.onDefinition(({ textDocument: { uri }, position }) => about(uri).definition?.(position) ?? []);
  connection.onReferences(
    ({ textDocument: { uri }, position, context }) =>
      about(uri).references?.(position, context.includeDeclaration) ?? [],
  );
  connection.onDocumentHighlight(({ textDocument: { uri }, position }) => about(uri).highlights?.(position) ?? []);
  connection.onPrepareRename(({ textDocument: { uri }, position }) => about(uri).renameRange?.(position) ?? null);
  connection.onRenameRequest(
    ({ textDocument: { uri }, position, newName }) => about(uri).rename?.(position, newName) ?? null,
  );
  const { callHierarchy } = connection.languages;
  callHierarchy.onPrepare(({ textDocument: { uri }, position }) => about(uri).calls?.(position) ?? []);
  callHierarchy.onIncomingCalls(({ item }) => about(item.uri).incoming?.(item) ?? []);
  callHierarchy.onOutgoingCalls(({ item }) => about(item.uri).outgoing?.(item) ?? []);
  connection.onRequest(WHY_REQUEST, ({ uri, step }: WhyParams) => about(uri).why?.(step) ?? null);
}

function wholeFiles(connection: Connection, about: About): void {
  connection.onDocumentSymbol(({ textDocument: { uri } }) => about(uri).symbols?.() ?? []);
  // nothing, not no ranges: an editor then folds by indentation
  connection.onFoldingRanges(({ textDocument: { uri } }) => about(uri).foldings?.() ?? null);
  connection.onSelectionRanges(({ textDocument: { uri }, positions }) => about(uri).selections?.(positions) ?? null);
  connection.onDocumentLinks(({ textDocument: { uri } }) => about(uri).links?.() ?? []);
  connection.languages.semanticTokens.on(({ textDocument: { uri } }) => about(uri).tokens?.() ?? { data: [] });
  connection.onCodeLens(({ textDocument: { uri } }) => about(uri).lenses?.() ?? []);
  connection.languages.inlayHint.on(({ textDocument: { uri }, range }) => about(uri).hints?.(range) ?? []);
  connection.onDocumentFormatting(({ textDocument: { uri } }) => about(uri).format?.() ?? []);
  connection.onDocumentRangeFormatting(({ textDocument: { uri }, range }) => about(uri).formatRange?.(range) ?? []);
}
