import type { PipelineFile } from '../../schemas/language/parse.ts';
import { parsePipelineFile } from '../../schemas/language/parse.ts';
import { whyTooLong } from '../../schemas/language/project/files.ts';
import { pipelineFileRole } from '../../schemas/language/protocol.ts';
import type { OpenProject } from './projects.ts';

/** One version of an open file, and what is known of it. */
export interface Analysis extends PipelineFile {
  uri: string;
  version: number;
  /** the project that it belongs to, read with all its files */
  project?: OpenProject;
}

export interface TextSource {
  uri: string;
  version: number;
  getText(): string;
}

/** Each version of a text is read once, however many features ask. */
export class Analyses {
  readonly #newest = new Map<string, Analysis>();

  /** Null for a file of another language, as the editor may send more than was asked for, and for one that would not be run. */
  of(document: TextSource): Analysis | null {
    const { uri, version } = document;
    const role = pipelineFileRole(uri);
    const text = document.getText();
    if (!role || whyTooLong(text.length)) return null;
    const known = this.#newest.get(uri);
    // not every editor counts
    if (known?.version === version && known.document.text === text) return known;
    const file = parsePipelineFile(text, { role, before: known });
    // not copied: its diagnostics are made when they are asked for
    const analysis = Object.assign(file, { uri, version });
    this.#newest.set(uri, analysis);
    return analysis;
  }

  forget(uri: string): void {
    this.#newest.delete(uri);
  }
}
