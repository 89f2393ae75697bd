import { createHash } from 'node:crypto';
import { constants, lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { lstat, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CrisolError } from '../base/errors.ts';
import { asFileError } from '../base/file-errors.ts';
import { newId } from '../base/ids.ts';

export interface Staged {
  file: string;
  sha256: string;
  bytes: number;
}

export interface Content {
  sha256: string;
  bytes: number;
}

/**
 * Files found by the sha256 of what is in them: `<root>/<ab>/<rest>`. A content is whole and on the disk before it gets that
 * name, so that whatever has one is complete. `.crisol` may have come with a repository: no link in it is followed.
 */
export class Contents {
  private readonly root: string;
  private readonly staging: string;
  /** being given a name in the store just now: no garbage, though nothing names them yet */
  private readonly pinned = new Map<string, number>();

  constructor(root: string) {
    this.root = root;
    this.staging = join(root, '.staging');
    refuseLink(root);
    // what uploads left that were cut off by the end of a daemon
    rmSync(this.staging, { recursive: true, force: true });
  }

  /** Writes what comes, never more of it in memory than one piece. */
  async stage(source: AsyncIterable<Uint8Array>): Promise<Staged> {
    const file = join(this.staging, newId());
    const hash = createHash('sha256');
    let bytes = 0;
    try {
      this.makeFolder(this.staging);
      const handle = await open(file, 'wx', 0o600);
      try {
        for await (const piece of source) {
          hash.update(piece);
          await handle.writeFile(piece);
          bytes += piece.length;
        }
        await handle.sync();
      } finally {
        await handle.close();
      }
      return { file, sha256: hash.digest('hex'), bytes };
    } catch (failure) {
      await sweep(file);
      throw asFileError(failure, this.root);
    }
  }

  /** Keeps a staged content, until `name` has made it known at least. */
  async keep<T>({ file, sha256 }: Staged, name: () => Promise<T>): Promise<T> {
    this.pinned.set(sha256, (this.pinned.get(sha256) ?? 0) + 1);
    try {
      await this.place(file, sha256);
      return await name();
    } finally {
      const others = (this.pinned.get(sha256) ?? 1) - 1;
      if (others === 0) this.pinned.delete(sha256);
      else this.pinned.set(sha256, others);
      await sweep(file);
    }
  }

  async open({ sha256, bytes }: Content): Promise<FileHandle> {
    const file = this.fileOf(sha256);
    try {
      if (!(await lstat(join(file, '..'))).isDirectory() || !(await lstat(file)).isFile()) throw lost(file);
      // Windows has no such flag
      const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
      if ((await handle.stat()).size === bytes) return handle;
      await handle.close();
      throw lost(file);
    } catch (failure) {
      throw isMissing(failure) ? lost(file) : asFileError(failure, file);
    }
  }

  locationOf({ sha256 }: Pick<Content, 'sha256'>): string {
    return this.fileOf(sha256);
  }

  /** Takes a content away unless something names it. */
  async drop(sha256: string, isNamed: (sha256: string) => boolean): Promise<void> {
    // from this question to the new name nothing else can happen: an upload of the same content makes it anew
    if (this.pinned.has(sha256) || isNamed(sha256)) return;
    const away = join(this.staging, newId());
    try {
      this.makeFolder(this.staging);
      renameSync(this.fileOf(sha256), away);
      await sweep(away);
    } catch (failure) {
      if (!isMissing(failure)) throw asFileError(failure, this.root);
    }
  }

  /** Every content that lies here, but those that are just being given a name. */
  async *all(): AsyncGenerator<Content> {
    for (const folder of await namesIn(this.root, /^[0-9a-f]{2}$/)) {
      for (const rest of await namesIn(join(this.root, folder), /^[0-9a-f]{62}$/)) {
        const found = await lstat(join(this.root, folder, rest)).catch(() => undefined);
        if (found && !this.pinned.has(folder + rest)) yield { sha256: folder + rest, bytes: found.size };
      }
    }
  }

  /** Also over the same content: it may have been damaged since. */
  private async place(staged: string, sha256: string): Promise<void> {
    const file = this.fileOf(sha256);
    try {
      this.makeFolder(join(file, '..'));
      await rename(staged, file).catch(async (failure) => {
        // Windows takes no file away that somebody reads
        if (process.platform !== 'win32' || !(await lstat(file).catch(() => undefined))?.isFile()) throw failure;
      });
      await syncFolder(join(file, '..'));
    } catch (failure) {
      throw asFileError(failure, this.root);
    }
  }

  private makeFolder(path: string): void {
    mkdirSync(this.root, { recursive: true, mode: 0o700 });
    refuseLink(path);
    mkdirSync(path, { recursive: true, mode: 0o700 });
  }

  private fileOf(sha256: string): string {
    // the store may have come with a repository, too
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new CrisolError('STORE_CORRUPT', 'An artifact has no valid sha256.');
    return join(this.root, sha256.slice(0, 2), sha256.slice(2));
  }
}

function refuseLink(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found || found.isDirectory()) return;
  throw new CrisolError('STORE_FOREIGN', `${path} is no folder, but a link or a file.`, { hint: 'Take it away.' });
}

/** What cannot be swept now is swept at the next start. */
async function sweep(staged: string): Promise<void> {
  await rm(staged, { force: true }).catch(() => {});
}

/** No 5xx: asking again would not bring it back. */
function lost(file: string): CrisolError {
  return new CrisolError('RESOURCE_DOES_NOT_EXIST', `The content of this artifact is gone or damaged: ${file}`, {
    hint: 'Log it again; `.crisol/artifacts` was changed by something else.',
  });
}

function isMissing(failure: unknown): boolean {
  return failure instanceof Error && 'code' in failure && (failure.code === 'ENOENT' || failure.code === 'ELOOP');
}

async function namesIn(folder: string, pattern: RegExp): Promise<string[]> {
  if (!(await lstat(folder).catch(() => undefined))?.isDirectory()) return [];
  return (await readdir(folder)).filter((name) => pattern.test(name));
}

/** So that the new name itself is on the disk; Windows neither can nor needs to. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}
