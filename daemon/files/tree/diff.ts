import type { FileChange, FileChanges } from '../../../schemas/pipelines/digest.ts';
import type { Raw } from '../raw.ts';
import { shown } from '../raw.ts';
import type { Entry, FolderTotals } from './entry.ts';
import type { List } from './list.ts';
import { ListMissing } from './list.ts';

/** A list by its sha256; throws ListMissing. */
export type Lists = (sha256: string) => List;

/** What differs between two folders; lists that both have are not read. */
export function differencesOf(lists: Lists, before: string, now: string, most: number): FileChanges {
  const found = new Found(lists, most);
  found.compare(before, now, '');
  return found.changes;
}

class Found {
  readonly changes: FileChanges = { changes: [], added: 0, removed: 0, modified: 0 };
  private readonly lists: Lists;
  private readonly most: number;

  constructor(lists: Lists, most: number) {
    this.lists = lists;
    this.most = most;
  }

  compare(before: string | null, now: string | null, folder: Raw): void {
    if (before === now) return;
    const partsBefore = this.partsOf(before);
    const partsNow = this.partsOf(now);
    const older = this.entriesOf(partsBefore, new Set(partsNow));
    const newer = this.entriesOf(partsNow, new Set(partsBefore));
    for (const [was, is] of pairs(older, newer)) this.compareEntries(was, is, folder);
  }

  private compareEntries(was: Entry | undefined, is: Entry | undefined, folder: Raw): void {
    if (was && is && isSame(was, is)) return;
    const path = folder + (was ?? is)?.name;
    if (was?.kind !== 'folder' && is?.kind !== 'folder') {
      this.add({ path: shown(path), change: changeOf(was, is), bytesBefore: bytesOf(was), bytesNow: bytesOf(is) });
      return;
    }
    const [folderBefore, fileBefore] = was?.kind === 'folder' ? [was, undefined] : [undefined, was];
    const [folderNow, fileNow] = is?.kind === 'folder' ? [is, undefined] : [undefined, is];
    if (fileBefore || fileNow) this.compareEntries(fileBefore, fileNow, folder);
    this.compareFolders(folderBefore, folderNow, path);
  }

  private compareFolders(was: Entry | undefined, is: Entry | undefined, path: Raw): void {
    if (was && is) {
      this.compare(was.sha256, is.sha256, `${path}/`);
      return;
    }
    const [change, one] = was ? (['removed', was] as const) : (['added', is] as const);
    if (!one) return;
    const isFull = this.changes.changes.length >= this.most;
    if (isFull && one.files > 0) this.changes[change] += one.files;
    else if (one.files > 0) this.compare(was?.sha256 ?? null, is?.sha256 ?? null, `${path}/`);
    // folders that hold no file, which would not be told of at all
    else this.add({ path: `${shown(path)}/`, change, bytesBefore: null, bytesNow: null });
  }

  private add(change: FileChange): void {
    this.changes[change.change]++;
    if (this.changes.changes.length < this.most) this.changes.changes.push(change);
  }

  /** A list without parts is its only one. */
  private partsOf(sha256: string | null): string[] {
    if (sha256 === null) return [];
    const list = this.lists(sha256);
    return 'parts' in list ? list.parts.map((part) => part.sha256) : [sha256];
  }

  private entriesOf(parts: readonly string[], known: ReadonlySet<string>): Entry[] {
    return parts.filter((part) => !known.has(part)).flatMap((part) => entriesOfPart(this.lists, part));
  }
}

export function entriesOfFolder(lists: Lists, sha256: string): Entry[] {
  const list = lists(sha256);
  return 'parts' in list ? list.parts.flatMap((part: FolderTotals) => entriesOfPart(lists, part.sha256)) : list.entries;
}

function entriesOfPart(lists: Lists, sha256: string): Entry[] {
  const list = lists(sha256);
  // parts of parts are never written
  if ('parts' in list) throw new ListMissing();
  return list.entries;
}

/** Entries of the same name beside each other; both lists are in the order of their names. */
export function* pairs(
  before: readonly Entry[],
  now: readonly Entry[],
): Generator<[was: Entry | undefined, is: Entry | undefined]> {
  let left = 0;
  let right = 0;
  while (left < before.length || right < now.length) {
    const was = before[left];
    const is = now[right];
    const takesLeft = was !== undefined && (is === undefined || was.name <= is.name);
    const takesRight = is !== undefined && (was === undefined || is.name <= was.name);
    yield [takesLeft ? was : undefined, takesRight ? is : undefined];
    if (takesLeft) left++;
    if (takesRight) right++;
  }
}

export function isSame(was: Entry, is: Entry): boolean {
  return was.kind === is.kind && was.sha256 === is.sha256;
}

function changeOf(was: Entry | undefined, is: Entry | undefined): FileChange['change'] {
  if (!was) return 'added';
  return is ? 'modified' : 'removed';
}

function bytesOf(entry: Entry | undefined): number | null {
  return entry === undefined || entry.kind === 'link' ? null : entry.bytes;
}
