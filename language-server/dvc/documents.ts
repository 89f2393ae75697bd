import { filesNamedBy } from '../../schemas/language/dvc/convert.ts';
import type { DvcDocument } from '../../schemas/language/dvc/file.ts';
import { readDvcFile } from '../../schemas/language/dvc/file.ts';
import { whyTooLong } from '../../schemas/language/project/files.ts';
import { isDvcFile } from '../../schemas/language/protocol.ts';
import { fileIn, folderOf } from '../projects/addresses.ts';
import type { OpenDocuments } from '../projects/projects.ts';
import type { Files } from '../providers/files.ts';

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

  all(): { uri: string; file: DvcDocument }[] {
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
