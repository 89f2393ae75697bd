import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { filesNamedBy } from '../../schemas/language/dvc/convert.ts';
import type { DvcDocument } from '../../schemas/language/dvc/file.ts';
import { readDvcFile } from '../../schemas/language/dvc/file.ts';
import { whyNotRead } from '../../schemas/language/project/files.ts';
import { isDvcFile } from '../../schemas/language/protocol.ts';

interface OpenText {
  uri: string;
  getText(): string;
}

/** Open files named dvc.yaml, read when somebody asks: their params files may have changed meanwhile. */
export class DvcDocuments {
  private readonly open: (uri: string) => OpenText | undefined;

  constructor(open: (uri: string) => OpenText | undefined) {
    this.open = open;
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

  /** A file beside dvc.yaml: as the editor has it, else as the disk has it. */
  read(uri: string, path: string): string | undefined {
    const address = new URL(path, uri);
    const open = this.open(address.href);
    if (open) return open.getText();
    if (address.protocol !== 'file:') return undefined;
    try {
      const file = fileURLToPath(address);
      return whyNotRead(statSync(file)) ? undefined : readFileSync(file, 'utf8');
    } catch {
      return undefined;
    }
  }
}
