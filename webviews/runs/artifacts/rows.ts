import { shownPath } from '../../../schemas/panels/artifact-paths.ts';
import type { ArtifactEntry } from '../../../schemas/panels/run-details.ts';
import type { FolderContent } from '../details-state.ts';

/** One line of the tree. */
export interface TreeRow {
  path: string;
  name: string;
  level: number;
  /** its place among its brothers, from 1 */
  place: number;
  brothers: number;
  kind: 'file' | 'open' | 'closed' | 'note';
  bytes: number | null;
}

/** The tree as it stands open: what is in a folder that is not read yet, or could not be, is a line that says so. */
export function treeRows(folders: ReadonlyMap<string, FolderContent>, open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  addFolder(rows, '', 1, folders, open);
  return rows;
}

function addFolder(
  rows: TreeRow[],
  folder: string,
  level: number,
  folders: ReadonlyMap<string, FolderContent>,
  open: ReadonlySet<string>,
): void {
  const content = folders.get(folder);
  const note = noteOf(content);
  if (note !== undefined && folder !== '') {
    rows.push({ path: `${folder}/`, name: note, level, place: 1, brothers: 1, kind: 'note', bytes: null });
  }
  const entries = content?.entries ?? [];
  entries.forEach(({ path, bytes }, at) => {
    const kind = bytes !== null ? 'file' : open.has(path) ? 'open' : 'closed';
    const name = nameOf(path);
    rows.push({ path, name, level, place: at + 1, brothers: entries.length, kind, bytes });
    if (kind === 'open') addFolder(rows, path, level + 1, folders, open);
  });
}

function nameOf(path: string): string {
  const shown = shownPath(path);
  return shown.slice(shown.lastIndexOf('/') + 1);
}

function noteOf(content: FolderContent | undefined): string | undefined {
  if (!content) return 'Loading…';
  if (content.problem) return content.problem.message;
  return content.entries?.length === 0 ? 'Empty' : undefined;
}

/** What a key does in the tree, as in VS Code's own. */
export type TreeMove = { focus: number } | { toggle: string } | { choose: string } | null;

export function moveBy(key: string, rows: readonly TreeRow[], focused: number, page: number): TreeMove {
  const row = rows[focused];
  const last = rows.length - 1;
  const steps: Record<string, number> = {
    ArrowDown: focused + 1,
    ArrowUp: focused - 1,
    PageDown: focused + page,
    PageUp: focused - page,
    Home: 0,
    End: last,
  };
  const target = steps[key];
  if (target !== undefined) return { focus: Math.max(0, Math.min(last, target)) };
  if (!row) return null;
  if (key === 'Enter' || key === ' ') return press(row);
  if (key === 'ArrowRight') return row.kind === 'closed' ? { toggle: row.path } : null;
  if (key !== 'ArrowLeft') return null;
  if (row.kind === 'open') return { toggle: row.path };
  const above = rows.findLastIndex((one, at) => at < focused && one.level < row.level);
  return above < 0 ? null : { focus: above };
}

export function press({ kind, path }: TreeRow): TreeMove {
  if (kind === 'note') return null;
  return kind === 'file' ? { choose: path } : { toggle: path };
}

/** All that is known so far and has these words in its path: folders that nobody opened were not read. */
export function found(folders: ReadonlyMap<string, FolderContent>, words: string): TreeRow[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const files = [...folders.values()]
    .flatMap(({ entries }) => entries ?? [])
    .filter((entry): entry is ArtifactEntry & { bytes: number } => entry.bytes !== null)
    .filter(({ path }) => wanted.every((word) => path.toLowerCase().includes(word)));
  return files.map(({ path, bytes }, at) => ({
    path,
    name: shownPath(path),
    level: 1,
    place: at + 1,
    brothers: files.length,
    kind: 'file',
    bytes,
  }));
}
