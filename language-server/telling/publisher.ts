import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver';

/** A file, and what is wrong with it. */
export interface Checked {
  uri: string;
  diagnostics: Diagnostic[];
}

export interface PublisherPorts {
  /** all files that something may be said about: what is open, and what belongs to it */
  all(): Checked[];
  /** of an open file */
  versionOf(uri: string): number | undefined;
  send(params: PublishDiagnosticsParams): void;
}

/** Keeps what the editor shows equal to what is known. What did not change is not sent again. */
export class Publisher {
  readonly #ports: PublisherPorts;
  readonly #sent = new Map<string, string>();

  constructor(ports: PublisherPorts) {
    this.#ports = ports;
  }

  /** `changed`: of these files the editor waits for an answer in any case. */
  publish(changed?: ReadonlySet<string>): void {
    const left = new Set(this.#sent.keys());
    for (const { uri, diagnostics } of this.#ports.all()) {
      left.delete(uri);
      this.#send(uri, diagnostics, changed?.has(uri) ?? false);
    }
    for (const uri of left) {
      this.#send(uri, [], false);
      this.#sent.delete(uri);
    }
  }

  #send(uri: string, diagnostics: Diagnostic[], inAnyCase: boolean): void {
    const told = JSON.stringify(diagnostics);
    if (!inAnyCase && (this.#sent.get(uri) ?? '[]') === told) return;
    this.#sent.set(uri, told);
    this.#ports.send({ uri, version: this.#ports.versionOf(uri), diagnostics });
  }
}
