import { SHA_BYTES } from '../jobs/job.ts';
import { isSameStat, sizeAt, typeAt } from '../jobs/stat.ts';
import type { Raw } from '../raw.ts';
import { Moved, special } from './failures.ts';
import type { Known } from './known.ts';
import { pathIn } from './known.ts';
import type { Table } from './table.ts';
import { areSame, shaAt } from './table.ts';
import type { FoundFolder } from './walk.ts';

/** What is certain of a folder's files without reading them, and which of them are to be read. */
export interface Contents {
  folder: Pick<FoundFolder, 'path' | 'names' | 'stats'>;
  shas: Uint8Array;
  settled: Uint8Array;
  /** places of files and links whose content is not certain */
  unread: number[];
}

/** Undefined: all files are what they were, and nobody wants to know more. */
export function contentsOf(known: Known, folder: FoundFolder, isWanted: boolean): Contents | undefined {
  const { table, names, stats } = folder;
  if (!isWanted && table && table.names === names && table.unsettled === 0 && areSame(table.stats, stats))
    return undefined;
  const contents: Contents = {
    folder,
    shas: new Uint8Array(names.length * SHA_BYTES),
    settled: new Uint8Array(names.length),
    unread: [],
  };
  const before = new Before(table, names);
  for (const [place, name] of names.entries()) sort(known, folder, contents, place, before.placeOf(name, place));
  return contents;
}

function sort(known: Known, folder: FoundFolder, contents: Contents, place: number, before: number): void {
  const { shas, settled, unread } = contents;
  const name = folder.names[place] ?? '';
  const type = typeAt(folder.stats, place);
  if (type === 'folder') return;
  if (type === 'nothing') throw new Moved(pathIn(folder.path, name));
  if (type === 'special') throw special(pathIn(folder.path, name));
  const sha = certainSha(known, folder, name, place, before);
  if (sha) {
    shas.set(sha, place * SHA_BYTES);
    settled[place] = 1;
  } else unread.push(place);
}

function certainSha(
  known: Known,
  { path, table, stats }: FoundFolder,
  name: Raw,
  place: number,
  before: number,
): Uint8Array | undefined {
  if (table && before >= 0 && table.settled[before] === 1 && isSameStat(table.stats, before, stats, place)) {
    return shaAt(table, before);
  }
  const single = known.singles.size > 0 ? known.singles.get(pathIn(path, name)) : undefined;
  return single?.settled && isSameStat(single.stat, 0, stats, place) ? single.sha : undefined;
}

/** Finds the places that names had before; asked in the order of names. */
class Before {
  private readonly before: readonly Raw[];
  private readonly isSame: boolean;
  private at = 0;

  constructor(table: Table | undefined, names: readonly Raw[]) {
    this.before = table?.names ?? [];
    this.isSame = this.before === names;
  }

  placeOf(name: Raw, place: number): number {
    if (this.isSame) return place;
    while (this.at < this.before.length && (this.before[this.at] ?? '') < name) this.at++;
    return this.before[this.at] === name ? this.at : -1;
  }
}

export function bytesToRead({ folder, unread }: Contents): number {
  return unread.reduce((sum, place) => sum + sizeAt(folder.stats, place), 0);
}

export function unreadOf({ unread }: Contents): readonly number[] {
  return unread;
}

export function allOf({ folder: { names, stats } }: Contents): readonly number[] {
  return [...names.keys()].filter((place) => typeAt(stats, place) !== 'folder');
}
