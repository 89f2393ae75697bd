import type { Entry, FolderTotals } from '../../../../daemon/files/tree/entry.ts';
import type { List } from '../../../../daemon/files/tree/list.ts';
import { readList, writeEntries, writeParts } from '../../../../daemon/files/tree/list.ts';
import { partEnds } from '../../../../daemon/files/tree/parts.ts';

/** A tree in memory: names to the content of a file, or to a folder. */
export interface Folder {
  [name: string]: string | Folder;
}

/** Lists as the room keeps them, without a disk. */
export class ListsInMemory {
  readonly kept = new Map<string, Buffer>();
  readonly read: string[] = [];

  readonly find = (sha256: string): List => {
    this.read.push(sha256);
    const list = readList(this.kept.get(sha256) ?? Buffer.alloc(0));
    if (!list) throw new Error(`no list ${sha256}`);
    return list;
  };

  add(folder: Folder): FolderTotals {
    const names = Object.keys(folder).sort((a, b) => (a < b ? -1 : 1));
    const entries = names.map((name) => this.entryOf(name, folder[name] ?? ''));
    let start = 0;
    const parts = partEnds(names).map((end) => {
      const part = writeEntries(entries.slice(start, end));
      start = end;
      return this.keep(part);
    });
    const [only] = parts;
    if (only && parts.length === 1) return only;
    return this.keep(writeParts(parts));
  }

  private entryOf(name: string, content: string | Folder): Entry {
    if (typeof content !== 'string') return { name, kind: 'folder', ...this.add(content) };
    const sha256 = Buffer.from(content).toString('hex').padStart(64, '0').slice(-64);
    return { name, kind: 'file', sha256, bytes: content.length, files: 1 };
  }

  private keep({ content, ...totals }: ReturnType<typeof writeEntries>): FolderTotals {
    this.kept.set(totals.sha256, content);
    return totals;
  }
}
