import { lstatSync } from 'node:fs';
import type { Digest, FileDigest, FolderDigest } from '../../../schemas/pipelines/digest.ts';
import type { Type } from '../jobs/stat.ts';
import { statOf, typeAt } from '../jobs/stat.ts';
import type { Watch } from '../jobs/watch.ts';
import type { Crew } from '../keeper/crew.ts';
import { isMissing } from '../missing.ts';
import type { Paths } from '../paths.ts';
import type { Raw } from '../raw.ts';
import { shown, systemPath } from '../raw.ts';
import type { FolderTotals } from '../tree/entry.ts';
import type { ListLog } from '../tree/list-log.ts';
import { Behind } from './behind.ts';
import type { Disks } from './disks.ts';
import { changed, Moved, special, unreadable } from './failures.ts';
import { lookAtFolders } from './folders.ts';
import type { Known } from './known.ts';
import type { FileContent, NamedFile } from './singles.ts';
import { lookAtFiles } from './singles.ts';
import type { Root } from './walk.ts';

export interface LookerParts {
  paths: Paths;
  crew: Crew;
  known: Known;
  disks: Disks;
  lists: ListLog;
}

/** One request, and how it is told and called off. */
export interface Look {
  watch: Watch;
  /** a time that is not after the one that the disk would give now */
  now: () => number;
  /** so many more files are there, and so many more bytes are to be read */
  found: (files: number) => void;
  toRead: (bytes: number) => void;
  /** the object store that contents are put into, too */
  into?: Raw;
  /** what links lead to counts, too, wherever that is */
  throughLinks?: boolean;
}

interface Seen {
  path: Raw;
  type: Type;
  stat: BigInt64Array;
  disk: number;
}

/** So often a folder is looked at again that changed meanwhile: an editor saves in a moment. */
const ATTEMPTS = 3;

/** Says what lies at paths. */
export class Looker {
  private readonly parts: LookerParts;

  constructor(parts: LookerParts) {
    this.parts = parts;
  }

  async digest(paths: readonly Raw[], look: Look): Promise<Map<Raw, Digest | null>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.digestNow(paths, look);
      } catch (failure) {
        if (!(failure instanceof Moved)) throw failure;
        // what is being kept was finished before: nobody may write to it any more
        if (attempt === ATTEMPTS || look.into !== undefined) throw changed(failure.path);
      }
    }
  }

  private async digestNow(paths: readonly Raw[], look: Look): Promise<Map<Raw, Digest | null>> {
    const seen = paths.map((path) => this.see(path));
    const named = seen.filter(({ type }) => type === 'link');
    const links = new Map(named.map(({ path }) => [path, this.follow(path, look)]));
    const targets = [...links.values()].filter((one) => typeof one === 'object' && one !== null);
    const found = await this.contents([...seen, ...targets], look);
    const digests = seen.map((one) => [one.path, this.digestOf(one, found, links.get(one.path))] as const);
    if (!look.throughLinks) return new Map(digests);
    const whole = digests.map(async ([path, one]) => {
      return [path, await this.withBehind(path, one, links.get(path)?.path ?? '', look)] as const;
    });
    return new Map(await Promise.all(whole));
  }

  private async withBehind(path: Raw, digest: Digest | null, target: Raw, look: Look): Promise<Digest | null> {
    const plainly = { ...look, throughLinks: false };
    const behind = new Behind({ ...this.parts, digest: (paths) => this.digestNow(paths, plainly) });
    if (digest?.kind === 'folder') return behind.add(path, digest);
    if (digest?.kind !== 'link' || digest.to?.kind !== 'folder') return digest;
    return { ...digest, to: await behind.add(target, digest.to) };
  }

  /** Undefined: nothing is there; null: it lies outside. */
  private follow(path: Raw, { throughLinks }: Look): Seen | undefined | null {
    const { paths } = this.parts;
    const target = throughLinks ? paths.targetAnywhere(path) : paths.target(path);
    return typeof target === 'string' ? this.see(target) : target;
  }

  private see(path: Raw): Seen {
    try {
      const found = lstatSync(systemPath(this.parts.paths.absolute(path)), { bigint: true });
      const stat = statOf(found);
      return { path, stat, type: typeAt(stat, 0), disk: Number(found.dev) };
    } catch (failure) {
      if (isMissing(failure)) return { path, type: 'nothing', stat: new BigInt64Array(0), disk: 0 };
      throw failure instanceof Error ? unreadable(path, failure) : failure;
    }
  }

  private async contents(seen: readonly Seen[], look: Look): Promise<Found> {
    const { paths, ...parts } = this.parts;
    const all = { ...parts, ...look, top: paths.top };
    const odd = seen.find(({ type }) => type === 'special');
    if (odd) throw special(odd.path);
    const roots = seen.filter(({ type }) => type === 'folder');
    const folders = new Map<Raw, FolderTotals>();
    for (const round of rounds(roots)) {
      const missing = round.filter(({ path }) => !folders.has(path));
      if (missing.length === 0) continue;
      for (const [path, { total }] of await lookAtFolders(all, missing)) folders.set(path, total);
    }
    const files = seen.filter(({ type }) => ['file', 'executable', 'link'].includes(type));
    return { folders, files: await lookAtFiles(all, uniqueFiles(files)) };
  }

  private digestOf({ path, type }: Seen, found: Found, to: Seen | undefined | null): Digest | null {
    if (type === 'nothing') return null;
    if (type !== 'link') return contentOf(path, found);
    const { sha256 } = found.files.get(path) ?? { sha256: '' };
    const target = shown(this.parts.paths.linkText(path));
    return { kind: 'link', sha256, target, to: to ? contentOf(to.path, found) : null };
  }
}

interface Found {
  folders: ReadonlyMap<Raw, FolderTotals>;
  files: ReadonlyMap<Raw, FileContent>;
}

function contentOf(path: Raw, { folders, files }: Found): FileDigest | FolderDigest | null {
  const file = files.get(path);
  if (file) return { kind: 'file', ...file };
  const folder = folders.get(path);
  return folder ? { kind: 'folder', ...folder } : null;
}

/** Those that lie in no other first: mostly they tell of all others, too. */
function rounds(roots: readonly Seen[]): [outer: Root[], inner: Root[]] {
  const paths = new Set(roots.map(({ path }) => path));
  const isInner = ({ path }: Seen) => foldersAbove(path).some((folder) => paths.has(folder));
  const unique = [...new Map(roots.map((root) => [root.path, root])).values()];
  const asRoot = ({ path, stat, disk }: Seen): Root => ({ path, self: stat, disk });
  return [unique.filter((root) => !isInner(root)).map(asRoot), unique.filter(isInner).map(asRoot)];
}

function foldersAbove(path: Raw): Raw[] {
  if (path === '') return [];
  const names = path.split('/');
  return names.map((_, count) => names.slice(0, count).join('/'));
}

function uniqueFiles(files: readonly Seen[]): NamedFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}
