import type { Connection } from 'vscode-languageserver';
import { TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { plain } from '../projects/addresses.ts';
import type { OpenDocuments } from '../projects/projects.ts';

interface Heard {
  changed(document: TextDocument): void;
  closed(address: string): void;
  saved(address: string): void;
}

/** What the editor has open, as it is typed; found by whatever spelling of its address. */
export class OpenTexts implements OpenDocuments {
  readonly #documents = new TextDocuments(TextDocument);
  readonly #byAddress = new Map<string, TextDocument>();

  get(address: string): TextDocument | undefined {
    return this.#documents.get(address) ?? this.#byAddress.get(plain(address));
  }

  all(): readonly TextDocument[] {
    return this.#documents.all();
  }

  /** What was opened counts as changed. */
  follow(connection: Connection, heard: Heard): void {
    this.#documents.onDidChangeContent(({ document }) => {
      this.#byAddress.set(plain(document.uri), document);
      heard.changed(document);
    });
    this.#documents.onDidClose(({ document: { uri } }) => {
      this.#byAddress.delete(plain(uri));
      heard.closed(uri);
    });
    this.#documents.onDidSave(({ document: { uri } }) => heard.saved(uri));
    this.#documents.listen(connection);
  }
}
