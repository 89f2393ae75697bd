import type { Raw } from '../raw.ts';
import type { Watch } from './watch.ts';

/** Names in one folder. They are joined by `/`, which no name has: one string goes from thread to thread faster than thousands. */
export interface Names {
  folder: Raw;
  names: string;
}

export interface ListJob {
  do: 'list';
  folders: Raw[];
  watch: Watch;
}
/** The names in each folder; null where it is gone, or is none any more. */
export type ListResult = (string[] | null | Denied)[];

/** A folder that may not be looked into. */
export interface Denied {
  folder: Raw;
  error: string;
  message: string;
}

export interface LookJob {
  do: 'look';
  among: Names[];
  watch: Watch;
}
export interface LookResult {
  /** FIELDS a name, in order */
  stats: BigInt64Array;
  /** the disk that folders lie on, by the place of their name; 0 for all else */
  disks: Float64Array;
  /** the first of these, which ended the look */
  denied?: Denied;
}

/** Files and links, as they were looked at. */
export interface ReadJob {
  do: 'read';
  among: Names[];
  stats: BigInt64Array;
  watch: Watch;
  /** the object store that they are put into, too */
  into?: Raw;
  /** what they are known to be, SHA_BYTES a name; zeros where that is not known. Only for the store: what it has is not read. */
  known?: Uint8Array;
}
export interface ReadResult {
  /** SHA_BYTES a name */
  shas: Uint8Array;
  /** by the place of a name: where reading it did not go well */
  failures: Map<number, ReadFailure>;
}
/** `changed`: it was not, or did not stay, as it was looked at. */
export type ReadFailure = { code: 'changed' } | { code: 'unreadable' | 'store'; error: string; message: string };

export interface Placing {
  sha256: string;
  bytes: number;
  executable: boolean;
  /** where it is made, which nothing has as its name yet */
  draft: Raw;
  /** what it is renamed to, unless the folder around it will be */
  path: Raw | null;
}

/** Contents that leave the store. */
export interface PlaceJob {
  do: 'place';
  from: Raw;
  items: Placing[];
  umask: number;
  hardlinks: boolean;
  watch: Watch;
}
/** By the place of an item: why it could not be made. */
export type PlaceResult = Map<number, PlaceFailure>;
export type PlaceFailure = { code: 'lost' } | { code: 'failed'; error: string; message: string };

export type Job = ListJob | LookJob | ReadJob | PlaceJob;
export interface Results {
  list: ListResult;
  look: LookResult;
  read: ReadResult;
  place: PlaceResult;
}

export const SHA_BYTES = 32;

export function namesIn({ names }: Names): string[] {
  return names === '' ? [] : names.split('/');
}
