import { filesNamedBy } from '../../schemas/language/dvc/convert.ts';
import type { DvcDocument } from '../../schemas/language/dvc/file.ts';
import { readDvcFile } from '../../schemas/language/dvc/file.ts';
import { whyTooLong } from '../../schemas/language/project/files.ts';
import { readParamsFile } from '../../schemas/language/project/index.ts';
import { isDvcFile } from '../../schemas/language/protocol.ts';
import { fileIn, folderOf, plain } from '../projects/addresses.ts';
import type { OpenDocuments } from '../projects/projects.ts';
import { paramsSource } from '../projects/sources.ts';
import type { Files } from '../providers/files.ts';
import type { DvcParamsFile } from './params-file.ts';

export interface OpenDvc {
  uri: string;
  file: DvcDocument;
}

/** What was read, and from what: until one of these changes it stays. */
interface Known {
  text: string;
  paths: readonly string[];
  contents: readonly (string | undefined)[];
  file: DvcDocument;
}

/** Open files named dvc.yaml, each read with the params files that it names. */
export class DvcDocuments {
  readonly #texts: OpenDocuments;
  readonly #files: Pick<Files, 'read'>;
  readonly #known = new Map<string, Known>();

  constructor(texts: OpenDocuments, files: Pick<Files, 'read'>) {
    this.#texts = texts;
    this.#files = files;
  }

  all(): OpenDvc[] {
    return this.#texts.all().flatMap(({ uri }) => {
      const file = this.of(uri);
      return file ? [{ uri, file }] : [];
    });
  }

  /** Null for any other file. */
  of(uri: string): DvcDocument | null {
    const document = isDvcFile(uri) ? this.#texts.get(uri) : undefined;
    const text = document?.getText() ?? null;
    if (text === null || whyTooLong(text.length)) return null;
    const known = this.#known.get(uri);
    const paths = known?.text === text ? known.paths : filesNamedBy(text);
    const contents = paths.map((path) => this.read(uri, path));
    const isSame = known?.text === text && contents.every((content, at) => content === known.contents[at]);
    if (isSame) return known.file;
    const there = paths.flatMap((path, at) => {
      const content = contents[at];
      return content === undefined ? [] : [[path, content] as const];
    });
    const file = readDvcFile(text, Object.fromEntries(there));
    this.#known.set(uri, { text, paths, contents, file });
    return file;
  }

  /** Addresses of the params files that these name. */
  paramsFiles(): string[] {
    return this.all().flatMap(({ uri, file }) => file.scope.paramsFiles.map((path) => fileIn(folderOf(uri), path)));
  }

  /** An open params file of one of these; null for any other. */
  paramsFileOf(uri: string): DvcParamsFile | null {
    const text = this.#texts.get(uri)?.getText();
    if (text === undefined) return null;
    for (const dvc of this.all()) {
      const isIt = (path: string) => plain(fileIn(folderOf(dvc.uri), path)) === plain(uri);
      const path = dvc.file.scope.paramsFiles.find(isIt);
      const source = path === undefined ? null : paramsSource(readParamsFile(path, { text }), uri);
      if (path !== undefined && source) return { ...dvc, path, source };
    }
    return null;
  }

  closed(uri: string): void {
    this.#known.delete(uri);
  }

  /** A file beside dvc.yaml: as the editor has it, else as the disk has it. Whoever wrote the path may mean ill. */
  read(uri: string, path: string): string | undefined {
    const folder = folderOf(uri);
    const open = this.#texts.get(fileIn(folder, path));
    if (open) return open.getText();
    const answer = this.#files.read(folder, path);
    return typeof answer === 'object' && 'text' in answer ? answer.text : undefined;
  }
}
