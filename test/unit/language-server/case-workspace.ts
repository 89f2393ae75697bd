import { fileIn } from '../../../language-server/projects/addresses.ts';
import { Workspace } from '../../../language-server/projects/workspace.ts';
import { namedIn } from '../../../language-server/providers/data/columns.ts';
import { tableFormat } from '../../../language-server/providers/data/format.ts';
import { rowCounter } from '../../../language-server/providers/data/rows.ts';
import type { Extent, Files, FolderEntry } from '../../../language-server/providers/files.ts';
import type { CaseFile } from '../language/golden-files.ts';
import { filesOfCase, projectFilesOf, registryOf } from '../language/golden-files.ts';

const FOLDER = 'file://';
const addressOf = (path: string) => fileIn(FOLDER, path);

/** A case (see golden-files.ts) as an editor has it: the file with the cursor and crisol.yaml are open, the others lie on the disk. */
export interface CaseWorkspace {
  workspace: Workspace;
  /** of the file with the cursor */
  address: string;
  /** in that file */
  offset: number;
  /** of a table that is drawn as text, written on 20 November 2026 */
  extentOf(folder: string, path: string): Extent | null;
  /** the path and the text of a file */
  fileAt(address: string): { path: string; text: string };
}

export function openCase(text: string, name: string): CaseWorkspace {
  const files = filesOfCase(text, name);
  const [first] = files;
  const here = files.find((file) => file.text.includes('|')) ?? first;
  if (!here) throw new Error('This case is empty.');
  const offset = Math.max(0, here.text.indexOf('|'));
  here.text = here.text.replace('|', '');
  // from a params file one comes to a project only while a file of that is open
  const open = [...new Set([here, ...files.filter(({ path }) => path === 'crisol.yaml')])];
  const documents = open.map((file) => ({ uri: addressOf(file.path), version: 1, getText: () => file.text }));
  const get = (address: string) => documents.find(({ uri }) => uri === address);
  const workspace = new Workspace({ get, all: () => documents }, asDisk(files), [], () => registryOf(files));
  const fileAt = (address: string) => files.find(({ path }) => addressOf(path) === address) ?? { path: '?', text: '' };
  const extentOf = (folder: string, path: string) => {
    const table = tableOf(files, inFolder(folder, path));
    if (!table) return null;
    const bytes = Buffer.from(table.text);
    const counter = rowCounter(table.format);
    counter.take(bytes);
    return { rows: { count: counter.rows, areMore: false }, bytes: bytes.length, writtenAt: WRITTEN };
  };
  return { workspace, address: addressOf(here.path), offset, extentOf, fileAt };
}

const WRITTEN = Date.UTC(2026, 10, 20, 9, 5);

function tableOf(files: readonly CaseFile[], path: string) {
  const [text, format] = [files.find((file) => file.path === path)?.text, tableFormat(path)];
  return text !== undefined && format !== null && format !== 'parquet' ? { text, format } : null;
}

function asDisk(files: readonly CaseFile[]): Files {
  const known = projectFilesOf(files);
  return {
    read: (folder, path) => known.read(inFolder(folder, path)),
    stateOf: (folder, path) => known.stateOf(inFolder(folder, path)),
    columnsOf(folder, path) {
      const table = tableOf(files, inFolder(folder, path));
      return table && namedIn(table.text, table.format);
    },
    list: (folder, path) => (files.length > 1 ? entriesOf(files, inFolder(folder, path)) : null),
    isLooking: () => false,
    settled: () => Promise.resolve(),
    onChange: () => {},
    changed: () => {},
    keep: () => {},
  };
}

/** From the top of the case. */
function inFolder(folder: string, path: string): string {
  const above = decodeURIComponent(folder).slice(FOLDER.length + 1);
  return above === '' ? path : `${above}/${path}`;
}

function entriesOf(files: readonly CaseFile[], folder: string): FolderEntry[] {
  const start = folder === '' ? '' : `${folder}/`;
  const below = files
    .filter(({ path }) => path.startsWith(start))
    .map(({ path }) => path.slice(start.length).split('/'));
  const entries = below.map(([name = '', ...deeper]) => [name, deeper.length > 0] as const);
  return [...new Map(entries)].map(([name, isFolder]) => ({ name, isFolder }));
}
