import { renameSync, rmSync, symlinkSync } from 'node:fs';
import type { Digest, FileDigest, FolderDigest } from '../../../schemas/pipelines/digest.ts';
import { CrisolError } from '../../base/errors.ts';
import { asFileError } from '../../base/file-errors.ts';
import type { PlaceJob, Placing } from '../jobs/job.ts';
import type { Watch } from '../jobs/watch.ts';
import { replace } from '../jobs/writing.ts';
import type { Crew } from '../keeper/crew.ts';
import type { Known } from '../looking/known.ts';
import type { Look, Looker } from '../looking/looker.ts';
import { splitPath } from '../looking/singles.ts';
import { entryAt } from '../looking/table.ts';
import { codeOf } from '../missing.ts';
import type { Paths } from '../paths.ts';
import type { Raw } from '../raw.ts';
import { shown, systemPath } from '../raw.ts';
import type { Lists } from '../tree/diff.ts';
import type { Entry } from '../tree/entry.ts';
import { ListMissing } from '../tree/list.ts';
import { damaged } from './damaged.ts';
import { leadingOut, leadsOut } from './links.ts';
import type { Objects } from './objects.ts';
import type { Plan } from './plan.ts';
import { planOf } from './plan.ts';
import { openUp, removeAll, removeOne } from './removing.ts';
import { makeFolder, makeFoldersAbove, Staging } from './staging.ts';

export interface RestorerParts {
  paths: Paths;
  crew: Crew;
  known: Known;
  looker: Looker;
  objects: Objects;
  lists: Lists;
  umask: number;
  /** whether files may share their content with the store */
  hardlinks: () => boolean;
}

const FILES_A_JOB = 128;
const BYTES_A_JOB = 8 << 20;

/** Makes a path what it was when it was kept. */
export class Restorer {
  private readonly parts: RestorerParts;

  constructor(parts: RestorerParts) {
    this.parts = parts;
  }

  async restore(path: Raw, digest: FileDigest | FolderDigest, look: Look): Promise<void> {
    const { looker, paths, objects, umask } = this.parts;
    const present = (await looker.digest([path], look)).get(path) ?? null;
    if (isSame(present, digest)) return;
    try {
      makeFoldersAbove(paths, path, umask);
      const staging = new Staging(objects.folder, paths.absolute(splitPath(path).folder));
      try {
        await this.make(path, digest, present, { staging, watch: look.watch });
      } finally {
        staging.dispose();
      }
    } catch (failure) {
      throw wordsFor(failure, path);
    }
  }

  private async make(path: Raw, digest: FileDigest | FolderDigest, present: Digest | null, via: Via): Promise<void> {
    if (digest.kind === 'folder' && present?.kind === 'folder') {
      await this.change(planOf(this.parts.lists, path, digest.sha256, this.present), via);
      return;
    }
    const { paths } = this.parts;
    const draft = via.staging.draft();
    try {
      if (digest.kind === 'folder')
        await this.build(planOf(this.parts.lists, path, digest.sha256), path, draft, via.watch);
      else await this.place([placing(digest, draft, null)], [path], via.watch);
      if (present) await removeAll(paths.absolute(path));
      renameSync(systemPath(draft), systemPath(paths.absolute(path)));
    } catch (failure) {
      rmSync(systemPath(draft), { recursive: true, force: true });
      throw failure;
    }
  }

  /** All of a folder, which then gets its name at once. */
  private async build(plan: Plan, path: Raw, draft: Raw, watch: Watch): Promise<void> {
    const draftOf = (inside: Raw) => draft + inside.slice(path.length);
    for (const folder of plan.folders) makeFolder(draftOf(folder), this.parts.umask);
    for (const link of plan.links) symlinkSync(this.textOf(link), systemPath(draftOf(link.path)));
    const files = plan.files.map((file) => placing(fileOf(file.entry), draftOf(file.path), null));
    await this.place(
      files,
      plan.files.map((file) => file.path),
      watch,
    );
  }

  /** What differs, each file at once. Whoever sees a part of it sees that the folder is not what it shall be. */
  private async change(plan: Plan, { staging, watch }: Via): Promise<void> {
    const { paths, umask } = this.parts;
    for (const folder of foldersIn(plan)) openUp(paths.absolute(folder));
    for (const gone of plan.remove) removeOne(paths.absolute(gone.path), gone.isFolder);
    for (const folder of plan.folders) makeFolder(paths.absolute(folder), umask);
    for (const link of plan.links) {
      const draft = staging.draft();
      symlinkSync(this.textOf(link), systemPath(draft));
      replace(draft, paths.absolute(link.path));
    }
    const files = plan.files.map((file) => placing(fileOf(file.entry), staging.draft(), paths.absolute(file.path)));
    await this.place(
      files,
      plan.files.map((file) => file.path),
      watch,
    );
  }

  private textOf({ path, entry }: { path: Raw; entry: Entry }): Buffer {
    const text = this.parts.objects.read(entry.sha256);
    if (!text) throw damaged(path);
    const { top } = this.parts.paths;
    const raw = text.toString('latin1');
    if (leadsOut(top, splitPath(path).folder, raw)) throw leadingOut(path, raw);
    return text;
  }

  private async place(items: readonly Placing[], paths: readonly Raw[], watch: Watch): Promise<void> {
    const { objects, umask, crew } = this.parts;
    const hardlinks = this.parts.hardlinks();
    const jobs = [...jobsOf(items)].map(async ({ from, items: some }) => {
      const job: PlaceJob = { do: 'place', from: objects.folder, items: some, umask, hardlinks, watch };
      const isLong = some.some(({ bytes }) => bytes > BYTES_A_JOB);
      const failures = await (isLong ? crew.doLong(job) : crew.do(job));
      for (const [at, failure] of failures) {
        const path = paths[from + at] ?? '';
        if (failure.code === 'failed') throw Object.assign(new Error(failure.message), { code: failure.error });
        objects.drop(some[at]?.sha256 ?? '');
        throw damaged(path);
      }
    });
    const settled = await Promise.allSettled(jobs);
    for (const one of settled) if (one.status === 'rejected') throw one.reason;
  }

  private readonly present = (folder: Raw): Entry[] => {
    const table = this.parts.known.tables.get(folder);
    return table ? table.names.map((_, place) => entryAt(table, place)) : [];
  };
}

/** Those that something is made or removed in; the folder around all of it is not ours. */
function foldersIn({ remove, folders, links, files }: Plan): Set<Raw> {
  const paths = [...remove, ...links, ...files].map(({ path }) => path);
  return new Set([...paths, ...folders].map((path) => splitPath(path).folder));
}

interface Via {
  staging: Staging;
  watch: Watch;
}

function isSame(present: Digest | null, wanted: FileDigest | FolderDigest): boolean {
  if (present?.kind !== wanted.kind || present.sha256 !== wanted.sha256) return false;
  return present.kind !== 'file' || wanted.kind !== 'file' || present.executable === wanted.executable;
}

function fileOf({ sha256, bytes, kind }: Entry): FileDigest {
  return { kind: 'file', sha256, bytes, executable: kind === 'executable' };
}

function placing({ sha256, bytes, executable }: FileDigest, draft: Raw, path: Raw | null): Placing {
  return { sha256, bytes, executable, draft, path };
}

function* jobsOf(items: readonly Placing[]): Generator<{ from: number; items: Placing[] }> {
  let from = 0;
  let bytes = 0;
  for (const [at, item] of items.entries()) {
    bytes += item.bytes;
    const count = at + 1 - from;
    if (count < FILES_A_JOB && bytes < BYTES_A_JOB && at + 1 < items.length) continue;
    yield { from, items: items.slice(from, at + 1) };
    from = at + 1;
    bytes = 0;
  }
}

function wordsFor(failure: unknown, path: Raw): unknown {
  if (failure instanceof ListMissing) return damaged(path);
  if (codeOf(failure) === 'EEXIST') {
    return new CrisolError('FILE_UNUSABLE', `${shown(path)} has names that are one to this disk.`, {
      hint: 'They differ in large and small letters only: rename one of them where the out is made.',
      cause: failure,
    });
  }
  return asFileError(failure, shown(path));
}
