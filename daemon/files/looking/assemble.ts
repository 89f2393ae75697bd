import { SHA_BYTES } from '../jobs/job.ts';
import type { Type } from '../jobs/stat.ts';
import { sizeAt, typeAt } from '../jobs/stat.ts';
import type { Raw } from '../raw.ts';
import type { Entry, FolderTotals } from '../tree/entry.ts';
import { KINDS } from '../tree/entry.ts';
import type { Written } from '../tree/list.ts';
import { writeEntries, writeParts } from '../tree/list.ts';
import { partEnds } from '../tree/parts.ts';
import type { Contents } from './contents.ts';
import { Moved } from './failures.ts';
import { pathIn } from './known.ts';
import type { Table } from './table.ts';
import { entryAt } from './table.ts';
import type { FoundFolder } from './walk.ts';

/** What folders are now, from those deepest down to the roots. */
export class Assembly {
  /** lists that were made anew */
  readonly lists: Written[] = [];
  readonly tables = new Map<Raw, Table>();
  private readonly lookedAt: number;
  private readonly isListKept: (sha256: string) => boolean;

  constructor(lookedAt: number, isListKept: (sha256: string) => boolean) {
    this.lookedAt = lookedAt;
    this.isListKept = isListKept;
  }

  /** To be called for folders within a folder before that folder itself. */
  add(folder: FoundFolder, contents: Contents | undefined): void {
    const { table } = folder;
    const known = contents ? undefined : table;
    const draft = known ? withoutTotals(known, folder) : newDraft(folder, contents);
    const changed = this.addFolders(folder, draft);
    if (known && !changed) this.tables.set(folder.path, this.seen(known, folder));
    else this.tables.set(folder.path, this.listed(draft, table));
  }

  /** Nothing in it is another, as far as anybody can see. */
  private seen(table: Table, { self, selfSettled }: FoundFolder): Table {
    return { ...table, self, selfSettled, lookedAt: this.lookedAt };
  }

  /** What the folders in it are, of which all files are known. True when that is new. */
  private addFolders(folder: FoundFolder, draft: Draft): boolean {
    // only folders have a disk
    if (!folder.disks) return false;
    let isNew = false;
    for (const [place, name] of folder.names.entries()) {
      if (folder.disks[place] === 0 || typeAt(folder.stats, place) !== 'folder') continue;
      const total = this.tables.get(pathIn(folder.path, name))?.total;
      if (!total) throw new Moved(pathIn(folder.path, name));
      isNew = setFolder(draft, place, total) || isNew;
    }
    return isNew;
  }

  private listed(draft: Draft, before: Table | undefined): Table {
    const ends = before?.names === draft.names ? before.partEnds : partEnds(draft.names);
    const table: Table = { ...draft, lookedAt: this.lookedAt, partEnds: ends, parts: [], total: NOTHING };
    const isKept = before && ends === before.partEnds ? unchangedParts(before, table) : () => false;
    const parts = ends.map((end, at) => {
      const kept = isKept(at) ? before?.parts[at] : undefined;
      if (kept && this.isListKept(kept.sha256)) return kept;
      return this.write(writeEntries(entriesOf(table, ends[at - 1] ?? 0, end)));
    });
    const [only = NOTHING] = parts;
    const total = parts.length === 1 ? only : this.write(writeParts(parts));
    return Object.assign(table, { parts, total });
  }

  private write(list: Written): FolderTotals {
    this.lists.push(list);
    const { sha256, bytes, files } = list;
    return { sha256, bytes, files };
  }
}

type Draft = Omit<Table, 'partEnds' | 'parts' | 'total' | 'lookedAt'>;

const NOTHING: FolderTotals = { sha256: '', bytes: 0, files: 0 };
const FOLDER = KINDS.indexOf('folder');
const NUMBERS = new Map<Type, number>(KINDS.map((kind, number) => [kind, number]));

/** Copied, since what is remembered stays as it is until all is known. */
function withoutTotals(table: Table, { self, selfSettled }: FoundFolder): Draft {
  const { shas, bytes, files } = table;
  return { ...table, self, selfSettled, shas: shas.slice(), bytes: bytes.slice(), files: files.slice() };
}

function newDraft(folder: FoundFolder, contents: Contents | undefined): Draft {
  const { names, stats, self, selfSettled } = folder;
  const count = names.length;
  const settled = contents?.settled ?? new Uint8Array(count);
  const draft: Draft = {
    ...{ names, stats, self, selfSettled, settled, unsettled: 0 },
    kinds: new Uint8Array(count),
    shas: contents?.shas ?? new Uint8Array(count * SHA_BYTES),
    bytes: new Float64Array(count),
    files: new Float64Array(count).fill(1),
  };
  for (let place = 0; place < count; place++) {
    const type = typeAt(stats, place);
    draft.kinds[place] = NUMBERS.get(type) ?? 0;
    draft.bytes[place] = sizeAt(stats, place);
    if (type !== 'folder' && settled[place] !== 1) draft.unsettled++;
  }
  return draft;
}

function setFolder(draft: Draft, place: number, { sha256, bytes, files }: FolderTotals): boolean {
  const sha = Buffer.from(sha256, 'hex');
  const at = place * SHA_BYTES;
  const isNew = !sha.equals(draft.shas.subarray(at, at + SHA_BYTES)) || draft.kinds[place] !== FOLDER;
  draft.shas.set(sha, at);
  draft.bytes[place] = bytes;
  draft.files[place] = files;
  return isNew;
}

/** Of the same names: which parts are what they were. */
function unchangedParts(before: Table, now: Table): (part: number) => boolean {
  return (part) => {
    const from = before.partEnds[part - 1] ?? 0;
    const end = before.partEnds[part] ?? 0;
    const isSame = <T extends Uint8Array | Float64Array>(pick: (table: Table) => T, width = 1) =>
      bytesOf(pick(before).subarray(from * width, end * width)).equals(
        bytesOf(pick(now).subarray(from * width, end * width)),
      );
    return (
      isSame(({ shas }) => shas, SHA_BYTES) &&
      isSame(({ kinds }) => kinds) &&
      isSame(({ bytes }) => bytes) &&
      isSame(({ files }) => files)
    );
  };
}

function entriesOf(table: Table, from: number, end: number): Entry[] {
  return Array.from({ length: end - from }, (_, at) => entryAt(table, from + at));
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint8Array | Float64Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
