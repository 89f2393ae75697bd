import type { Digest, FileChanges, FileDigest, FolderDigest } from '../../schemas/pipelines/digest.ts';
import type { FilesProgress } from '../../schemas/pipelines/files-progress.ts';

export interface LookOptions {
  signal?: AbortSignal;
  /** now and then, while files are looked at and read, which may take long */
  progress?: (progress: FilesProgress) => void;
}

export interface DigestOptions extends LookOptions {
  /** what links lead to counts, too, also within folders and out of the workspace; else a link is where it leads */
  throughLinks?: boolean;
}

export interface StoreUsage {
  /** contents of outs */
  objects: number;
  bytes: number;
  /** what is remembered of files and folders: the stat index and the lists of folders */
  indexBytes: number;
}

export interface Collected {
  objects: number;
  bytes: number;
}

/**
 * What lies in the workspace. Paths are relative to it, with `/`; a path that leads out of it, over links too, is refused
 * (FILE_OUTSIDE_WORKSPACE). Pipes, sockets and devices are refused in words (FILE_UNUSABLE), and a file that is written to
 * while it is read is told (FILE_CHANGED).
 */
export interface Files {
  /** null: nothing is there. The answer has each path as it was given. */
  digest(paths: readonly string[], options?: DigestOptions): Promise<Map<string, Digest | null>>;
  /** Between two digests of folders; undefined when the lists of one of them are not kept any more. */
  changesBetween(before: string, now: string, options?: { most?: number }): Promise<FileChanges | undefined>;
  /** Puts what lies there into the object store. Nothing there, or a link itself: refused. */
  keep(path: string, options?: LookOptions): Promise<FileDigest | FolderDigest>;
  /** Whether `restore` can bring it back, all of it. */
  has(digest: Digest): Promise<boolean>;
  /**
   * Makes a path what the digest says, whatever lies there now; what is right already is left. A content that is damaged is
   * never restored: it leaves the store, and the error says so (CACHE_DAMAGED).
   */
  restore(path: string, digest: Digest, options?: LookOptions): Promise<void>;
  /** Out of the way, by a new name: false when nothing was there. `where` is relative to the workspace, too, and new. */
  setAside(path: string, where: string): Promise<boolean>;
  /** False when nothing was there. */
  remove(path: string): Promise<boolean>;
  /** A file that shares its content with the store becomes one of its own, which may be written to. */
  unprotect(path: string): Promise<void>;
  usage(): Promise<StoreUsage>;
  /** Removes what no needed digest asks for; what was kept within the last minutes stays, too. */
  collect(isNeeded: Iterable<Digest>, options?: { dryRun?: boolean }): Promise<Collected>;
  /** Whether what was looked at ahead is as new as those need it who ask from now on, until something is written here. */
  trustAhead(isNew: boolean): void;
  dispose(): Promise<void>;
}
