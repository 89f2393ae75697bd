import { filesNamedBy } from '../../schemas/language/dvc/convert.ts';
import type { DvcDocument } from '../../schemas/language/dvc/file.ts';
import { readDvcFile } from '../../schemas/language/dvc/file.ts';
import { isDvcFile } from '../../schemas/language/protocol.ts';
import { fileIn, folderOf } from '../projects/addresses.ts';
import type { Files } from '../providers/files.ts';

interface OpenText {
  uri: string;
  getText(): string;
}

/** Open files named dvc.yaml, read when somebody asks: their params files may have changed meanwhile. */
export class DvcDocuments {
  private readonly open: (uri: string) => OpenText | undefined;
  private readonly files: Pick<Files, 'read'>;

  constructor(open: (uri: string) => OpenText | undefined, files: Pick<Files, 'read'>) {
    this.open = open;
    this.files = files;
  }

  /** Null for any other file. */
  of(uri: string): DvcDocument | null {
    const document = isDvcFile(uri) ? this.open(uri) : undefined;
    if (!document) return null;
    const text = document.getText();
    const there = filesNamedBy(text).flatMap((path) => {
      const content = this.read(uri, path);
      return content === undefined ? [] : [[path, content] as const];
    });
    return readDvcFile(text, Object.fromEntries(there));
  }

  /** A file beside dvc.yaml: as the editor has it, else as the disk has it. Whoever wrote the path may mean ill. */
  read(uri: string, path: string): string | undefined {
    const folder = folderOf(uri);
    const open = this.open(fileIn(folder, path));
    if (open) return open.getText();
    const answer = this.files.read(folder, path);
    return typeof answer === 'object' && 'text' in answer ? answer.text : undefined;
  }
}
