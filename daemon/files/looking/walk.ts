import type { Denied, Names } from '../jobs/job.ts';
import { FIELDS, isSameStat, typeAt } from '../jobs/stat.ts';
import type { Watch } from '../jobs/watch.ts';
import type { Crew } from '../keeper/crew.ts';
import type { Raw } from '../raw.ts';
import type { Disks } from './disks.ts';
import { deniedAt, Moved } from './failures.ts';
import { isIgnoredIn } from './ignored.ts';
import type { Known } from './known.ts';
import { pathIn } from './known.ts';
import type { Found, Table } from './table.ts';
import { isSettled, statAt } from './table.ts';

/** A folder as it is found now, and the one that is remembered. */
export interface FoundFolder extends Found {
  path: Raw;
  disk: number;
  /** of the folders in it, by the place of their name */
  disks: Float64Array | undefined;
  table: Table | undefined;
}

export interface WalkParts {
  crew: Crew;
  known: Known;
  disks: Disks;
  /** of the workspace */
  top: Raw;
  /** a time that is not after the one that the disk would give now */
  now: () => number;
  watch: Watch;
  /** so many more files are there */
  found: (files: number) => void;
}

export interface Root {
  path: Raw;
  self: BigInt64Array;
  disk: number;
}

/** As many names make a job that is worth handing to another thread. */
const NAMES_A_JOB = 2048;
const FOLDERS_A_JOB = 32;
const NONE = new BigInt64Array(0);

/** Looks at everything below some folders, level by level; each folder comes before those in it. Nothing is read. */
export async function walk(parts: WalkParts, roots: readonly Root[]): Promise<FoundFolder[]> {
  const all: FoundFolder[] = [];
  for (let level = [...roots]; level.length > 0; ) {
    const found = await listed(parts, level);
    await look(parts, found);
    for (const folder of found) all.push(folder);
    level = found.flatMap(foldersIn);
    parts.found(found.reduce((sum, { names }) => sum + names.length, -level.length));
  }
  return all;
}

async function listed(
  { crew, known, disks, top, now, watch }: WalkParts,
  level: readonly Root[],
): Promise<FoundFolder[]> {
  const at = now();
  const found = level.map((root): FoundFolder => {
    const table = known.tables.get(root.path);
    const isKnown = table?.selfSettled === true && isSameStat(table.self, 0, root.self, 0);
    const names = isKnown && disks.keepTimes(root.disk, absolute(top, root.path)) ? table.names : [];
    const selfSettled = names === table?.names || isSettled(root.self, 0, at);
    return { ...root, table, names, stats: NONE, disks: undefined, selfSettled };
  });
  const unlisted = found.filter(({ names, table }) => names !== table?.names);
  await Promise.all(
    chunks(unlisted, FOLDERS_A_JOB).map(async (folders) => {
      const lists = await crew.do({ do: 'list', folders: folders.map(({ path }) => absolute(top, path)), watch });
      for (const [place, folder] of folders.entries()) folder.names = namesFor(folder, lists[place] ?? null);
    }),
  );
  return found;
}

/** Those that are remembered, if they are the same: what is compared with them can be compared at once. */
function namesFor({ path, table }: FoundFolder, list: string[] | null | Denied): readonly Raw[] {
  if (list === null) throw new Moved(path);
  if ('error' in list) throw deniedAt(path, list);
  const isIgnored = (name: Raw) => isIgnoredIn(path, name);
  const names = list.some(isIgnored) ? list.filter((name) => !isIgnored(name)) : list;
  return table && areSame(table.names, names) ? table.names : names;
}

interface Piece extends Names {
  of: FoundFolder;
  from: number;
  count: number;
}

async function look({ crew, top, watch }: WalkParts, found: readonly FoundFolder[]): Promise<void> {
  for (const folder of found) folder.stats = new BigInt64Array(folder.names.length * FIELDS);
  await Promise.all(
    [...jobsOf(top, found)].map(async (pieces) => {
      const among = pieces.map(({ folder, names }) => ({ folder, names }));
      const result = await crew.do({ do: 'look', among, watch });
      const { denied } = result;
      if (denied) throw deniedAt(pieces.find(({ folder }) => folder === denied.folder)?.of.path ?? '', denied);
      let at = 0;
      for (const { of, from, count } of pieces) {
        of.stats.set(result.stats.subarray(at * FIELDS, (at + count) * FIELDS), from * FIELDS);
        const those = result.disks.subarray(at, at + count);
        if (those.some((disk) => disk !== 0)) {
          of.disks ??= new Float64Array(of.names.length);
          of.disks.set(those, from);
        }
        at += count;
      }
    }),
  );
}

function* jobsOf(top: Raw, found: readonly FoundFolder[]): Generator<Piece[]> {
  let job: Piece[] = [];
  let size = 0;
  for (const of of found) {
    for (let from = 0; from < of.names.length; ) {
      const names = of.names.slice(from, from + NAMES_A_JOB - size);
      job.push({ of, from, count: names.length, folder: absolute(top, of.path), names: names.join('/') });
      from += names.length;
      size += names.length;
      if (size < NAMES_A_JOB) continue;
      yield job;
      job = [];
      size = 0;
    }
  }
  if (job.length > 0) yield job;
}

function foldersIn({ path, names, stats, disks }: FoundFolder): Root[] {
  // only folders have a disk here
  if (!disks) return [];
  return names.flatMap((name, place) => {
    if (typeAt(stats, place) !== 'folder') return [];
    return { path: pathIn(path, name), self: statAt(stats, place), disk: disks[place] ?? 0 };
  });
}

export function absolute(top: Raw, path: Raw): Raw {
  return path === '' ? top : `${top}/${path}`;
}

function areSame(names: readonly Raw[], others: readonly Raw[]): boolean {
  return names.length === others.length && names.every((name, at) => name === others[at]);
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}
