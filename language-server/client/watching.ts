import type { Connection, Disposable } from 'vscode-languageserver';
import {
  BulkRegistration,
  DefinitionRequest,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentHighlightRequest,
  HoverRequest,
  ReferencesRequest,
  RenameRequest,
  TextDocumentSyncKind,
  WatchKind,
} from 'vscode-languageserver';
import { plain } from '../projects/addresses.ts';

/** What comes and goes anywhere, and changes of what is read. */
export async function watchFiles(connection: Connection): Promise<void> {
  await connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [
      { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
      { globPattern: '**/*.{yaml,yml,json,csv,tsv,parquet,ndjson,jsonl}', kind: WatchKind.Change },
    ],
  });
}

/**
 * Params files have any name, and belong to others: nothing is said about them. The editor is asked, file by file, for what is
 * typed into them, and where their names lead.
 */
export class ParamsFilesFollowed {
  readonly #connection: Connection;
  #followed = '';
  #registered: Promise<Disposable> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  follow(addresses: readonly string[]): void {
    const wanted = addresses.join('\n');
    if (wanted === this.#followed) return;
    this.#followed = wanted;
    const before = this.#registered;
    this.#registered = addresses.length > 0 ? this.#register(addresses) : undefined;
    // an editor that has gone meanwhile needs neither
    this.#registered?.catch(() => undefined);
    before?.then((registered) => registered.dispose()).catch(() => undefined);
  }

  #register(addresses: readonly string[]): Promise<Disposable> {
    const documentSelector = addresses.map((address) => ({ scheme: 'file', pattern: asPattern(address) }));
    const registrations = BulkRegistration.create();
    registrations.add(DidOpenTextDocumentNotification.type, { documentSelector });
    registrations.add(DidChangeTextDocumentNotification.type, {
      documentSelector,
      syncKind: TextDocumentSyncKind.Incremental,
    });
    registrations.add(DidCloseTextDocumentNotification.type, { documentSelector });
    registrations.add(HoverRequest.type, { documentSelector });
    registrations.add(DefinitionRequest.type, { documentSelector });
    registrations.add(ReferencesRequest.type, { documentSelector });
    registrations.add(DocumentHighlightRequest.type, { documentSelector });
    registrations.add(RenameRequest.type, { documentSelector, prepareProvider: true });
    return this.#connection.client.register(registrations);
  }
}

/** The path as it is, with what patterns use taken literally. */
const asPattern = (address: string): string =>
  plain(address)
    .replace(/^file:\/\//, '')
    .replace(/[[\]{}*?]/g, (letter) => `[${letter}]`);
