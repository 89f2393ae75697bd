import type { Raw } from '../raw.ts';
import type { ListLog } from '../tree/list-log.ts';
import { Assembly } from './assemble.ts';
import type { Contents } from './contents.ts';
import { allOf, bytesToRead, contentsOf, unreadOf } from './contents.ts';
import type { ReaderParts } from './reader.ts';
import { readContents } from './reader.ts';
import type { Table } from './table.ts';
import type { FoundFolder, Root, WalkParts } from './walk.ts';
import { walk } from './walk.ts';

export interface FolderParts extends WalkParts, ReaderParts {
  /** before reading begins */
  toRead: (bytes: number) => void;
  lists: Pick<ListLog, 'add' | 'has'>;
}

/** What folders and all below them are now; all of it is remembered. */
export async function lookAtFolders(parts: FolderParts, roots: readonly Root[]): Promise<Map<Raw, Table>> {
  const folders = await walk(parts, roots);
  const contents = new Map<FoundFolder, Contents>();
  for (const folder of folders) {
    const its = contentsOf(parts.known, folder, parts.into !== undefined);
    if (its) contents.set(folder, its);
  }
  const all = [...contents.values()];
  parts.toRead(all.reduce((sum, one) => sum + bytesToRead(one), 0));
  await readContents(parts, all, parts.into === undefined ? unreadOf : allOf);
  return assemble(parts, folders, contents);
}

function assemble(
  { known, now, lists }: FolderParts,
  folders: readonly FoundFolder[],
  contents: ReadonlyMap<FoundFolder, Contents>,
): Map<Raw, Table> {
  const assembly = new Assembly(now(), (sha256) => lists.has(sha256));
  for (const folder of folders.toReversed()) assembly.add(folder, contents.get(folder));
  // before what they are of is remembered
  lists.add(assembly.lists);
  for (const [path, table] of assembly.tables) known.setTable(path, table);
  return assembly.tables;
}
