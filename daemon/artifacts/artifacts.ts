import type { ReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { ArtifactTable } from '../../schemas/wire/artifact-table.ts';
import type { Clock } from '../base/clock.ts';
import { Emitter } from '../base/emitter.ts';
import { CrisolError } from '../base/errors.ts';
import type { Store } from '../store/index.ts';
import { readBeginning } from './beginning.ts';
import type { Contents } from './contents.ts';
import { namesOf, placeOf } from './paths.ts';
import type { ArtifactRow } from './repository.ts';
import type { Tree } from './tree.ts';

export interface ArtifactsParts {
  store: Store;
  tree: Tree;
  contents: Contents;
  clock: Clock;
}

export interface ArtifactFile {
  sha256: string;
  bytes: number;
  updated_at: number;
}

/** What a folder holds; a folder in it has no `file`. */
export interface ArtifactEntry {
  name: string;
  file: ArtifactFile | null;
}

export interface OpenArtifact extends ArtifactFile {
  /** the bytes from `start` to `end`, both included; closes itself, and must be read or destroyed */
  read(range?: { start: number; end: number }): ReadStream;
  /** instead of reading */
  close(): Promise<void>;
  /** where its content lies, for a program of ours that reads it while it is open */
  location: string;
}

export interface Usage {
  files: number;
  bytes: number;
}

/**
 * What runs keep as files, found by paths such as `1/RUN/artifacts/model/MLmodel`. The tree of names is in the store, the
 * contents are files; equal ones are kept once. A name is given once its content is on the disk.
 */
export class Artifacts {
  /** no upload is under way any more */
  readonly settled = new Emitter<void>();
  /** paths of files that are new or other, and of files and folders that were deleted by themselves */
  readonly changes = new Emitter<string>();
  private readonly parts: ArtifactsParts;
  private uploads = 0;

  constructor(parts: ArtifactsParts) {
    this.parts = parts;
  }

  /** An upload is under way. */
  busy(): boolean {
    return this.uploads > 0;
  }

  /** Answers when it is kept for good. What was there under this path is replaced. */
  async put(path: string, source: AsyncIterable<Uint8Array>): Promise<ArtifactFile> {
    const { tree, contents, clock } = this.parts;
    const place = placeOf(path);
    // before all of it is sent
    tree.refuseClash(place);
    this.uploads++;
    try {
      const staged = await contents.stage(source);
      const { sha256, bytes } = staged;
      const file = { sha256, bytes, updated_at: clock.now() };
      const name = () => this.write(() => tree.save(place, { name: place.name, ...file }));
      const replaced = await contents.keep(staged, name);
      this.changes.emit(path);
      if (replaced && replaced !== sha256) await this.drop([replaced]);
      return file;
    } finally {
      this.uploads--;
      if (this.uploads === 0) this.settled.emit();
    }
  }

  /** Throws when there is no such file, or when it is a folder. */
  async open(path: string): Promise<OpenArtifact> {
    for (;;) {
      const file = this.file(path);
      const handle = await this.parts.contents.open(file).catch((failure) => {
        // replaced in this very moment
        if (this.file(path).sha256 !== file.sha256) return undefined;
        throw failure;
      });
      if (!handle) continue;
      const location = this.parts.contents.locationOf(file);
      return { ...file, read: (range) => reading(handle, range), close: () => handle.close(), location };
    }
  }

  /** The first rows of a Parquet file. */
  async beginning(path: string): Promise<ArtifactTable> {
    const open = await this.open(path);
    try {
      return await readBeginning(open.location, path.slice(path.lastIndexOf('/') + 1));
    } finally {
      await open.close();
    }
  }

  /** A file; null for a folder; undefined when there is nothing. */
  stat(path: string): ArtifactFile | null | undefined {
    const row = this.parts.tree.find(placeOf(path));
    return row && fileOf(row);
  }

  /** Throws when there is no such file, or when it is a folder. */
  file(path: string): ArtifactFile {
    const found = this.stat(path);
    if (found) return found;
    if (found === undefined) throw new CrisolError('RESOURCE_DOES_NOT_EXIST', `There is no artifact '${path}'`);
    throw new CrisolError('INVALID_PARAMETER_VALUE', `Artifact path refers to a directory, not a file: '${path}'`);
  }

  /** What lies in a folder, by name; nothing in a file, and nothing where there is nothing. The top is ''. */
  list(folder: string): ArtifactEntry[] {
    if (folder !== '') namesOf(folder);
    return this.parts.tree.list(folder).map((row) => ({ name: row.name, file: fileOf(row) }));
  }

  /** A file, or a folder with all that is in it. Answers how many files that were. */
  async delete(path: string): Promise<number> {
    const contents = await this.write(() => this.forget(path));
    this.changes.emit(path);
    await this.drop(contents);
    return contents.length;
  }

  /**
   * Inside another room's write: takes names away together with what that room takes away. Answers their contents, which
   * `collect` frees.
   */
  forget(path: string): string[] {
    return this.parts.tree.remove(placeOf(path));
  }

  /** All files under these paths. */
  usage(paths: readonly string[]): Usage {
    return sum(this.filesAt(paths));
  }

  /** What the disk would win back if these were deleted: not what others hold as well. */
  freedBy(paths: readonly string[]): Usage {
    const bySha256 = Map.groupBy(this.filesAt(paths), ({ sha256 }) => sha256);
    return sum(
      [...bySha256].flatMap(([sha256, same]) => (this.parts.tree.isNamed(sha256, same.length) ? [] : [same[0]])),
    );
  }

  /** Contents that no path names, which a crash may have left. They are gone afterwards, unless it is a dry run. */
  async collect({ dryRun }: { dryRun: boolean }): Promise<Usage> {
    const { tree, contents } = this.parts;
    const freed: Usage = { files: 0, bytes: 0 };
    for await (const { sha256, bytes } of contents.all()) {
      if (tree.isNamed(sha256)) continue;
      if (!dryRun) await contents.drop(sha256, (one) => tree.isNamed(one));
      freed.files++;
      freed.bytes += bytes;
    }
    return freed;
  }

  private filesAt(paths: readonly string[]) {
    return paths.flatMap((path) => this.parts.tree.filesAt(placeOf(path)));
  }

  /** What cannot be taken away now is left to `collect`: the names are gone already. */
  private async drop(contents: readonly string[]): Promise<void> {
    const isNamed = (sha256: string) => this.parts.tree.isNamed(sha256);
    for (const sha256 of new Set(contents)) await this.parts.contents.drop(sha256, isNamed).catch(() => {});
  }

  /** What is acknowledged survives a power cut, too: it may be the only copy of a model. */
  private write<T>(action: () => T): Promise<T> {
    return this.parts.store.write(action, { durable: true });
  }
}

function reading(handle: FileHandle, range: { start?: number; end?: number } = {}): ReadStream {
  return handle.createReadStream({ ...range, highWaterMark: 256 * 1024 });
}

function fileOf({ sha256, bytes, updated_at }: ArtifactRow): ArtifactFile | null {
  return sha256 === null ? null : { sha256, bytes, updated_at };
}

function sum(files: readonly ({ bytes: number } | undefined)[]): Usage {
  return { files: files.length, bytes: files.reduce((total, file) => total + (file?.bytes ?? 0), 0) };
}
