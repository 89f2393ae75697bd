import type { Digest, FileDigest, FolderDigest } from '../../../schemas/pipelines/digest.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Known } from '../looking/known.ts';
import { pathIn } from '../looking/known.ts';
import type { Look, Looker } from '../looking/looker.ts';
import { entryAt } from '../looking/table.ts';
import type { Paths } from '../paths.ts';
import type { Raw } from '../raw.ts';
import { shown } from '../raw.ts';
import type { Lists } from '../tree/diff.ts';
import { entriesOfFolder } from '../tree/diff.ts';
import { ListMissing } from '../tree/list.ts';
import { leadingOut, leadsOut } from './links.ts';
import type { Objects } from './objects.ts';

export interface KeepingParts {
  paths: Paths;
  looker: Looker;
  known: Known;
  objects: Objects;
}

/** Puts a file or folder into the store. */
export async function keep(parts: KeepingParts, path: Raw, look: Look): Promise<FileDigest | FolderDigest> {
  const digest = (await parts.looker.digest([path], { ...look, into: parts.objects.folder })).get(path) ?? null;
  if (digest === null) throw new CrisolError('FILE_NOT_FOUND', `There is no ${shown(path)} to keep.`);
  if (digest.kind === 'link') {
    throw new CrisolError('FILE_UNUSABLE', `${shown(path)} is a link, which can't be kept.`, {
      hint: 'Let the step make a file or folder there; links within a folder are kept.',
    });
  }
  if (digest.kind === 'folder') checkLinks(parts, path);
  return digest;
}

function checkLinks(parts: KeepingParts, folder: Raw): void {
  const table = parts.known.tables.get(folder);
  for (const place of table?.names.keys() ?? []) {
    if (!table) return;
    const { kind, name, sha256 } = entryAt(table, place);
    const path = pathIn(folder, name);
    if (kind === 'folder') checkLinks(parts, path);
    if (kind !== 'link') continue;
    const text = parts.objects.read(sha256)?.toString('latin1') ?? '';
    if (leadsOut(parts.paths.top, folder, text)) throw leadingOut(path, text);
  }
}

/** Whether all of it is in the store, each content as long as it was. */
export function hasAll(objects: Objects, lists: Lists, digest: Digest): boolean {
  if (digest.kind === 'link') return false;
  if (digest.kind === 'file') return objects.has(digest.sha256, digest.bytes);
  try {
    return hasFolder(objects, lists, digest.sha256);
  } catch (failure) {
    if (failure instanceof ListMissing) return false;
    throw failure;
  }
}

function hasFolder(objects: Objects, lists: Lists, sha256: string): boolean {
  return entriesOfFolder(lists, sha256).every((entry) =>
    entry.kind === 'folder' ? hasFolder(objects, lists, entry.sha256) : objects.has(entry.sha256, entry.bytes),
  );
}
