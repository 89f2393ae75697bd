import { CompletionItemKind } from 'vscode-languageserver';
import { isPartName } from '../../../schemas/language/project/files.ts';
import { tableFormat } from '../../providers/data/format.ts';
import type { FolderEntry } from '../../providers/files.ts';
import type { Choice, ValueContext } from './choice.ts';
import { typedIn } from './choice.ts';

const PARAMS = /\.(ya?ml|json)$/i;

/** Which files each key takes; of all others any. */
const WANTED: Record<string, (name: string) => boolean> = {
  include: isPartName,
  params: (name) => PARAMS.test(name) && !isPartName(name) && name !== 'crisol.yaml',
  sql: (name) => name.endsWith('.sql'),
  data: (name) => tableFormat(name) !== null,
  path: (name) => tableFormat(name) !== null,
};

const PASSED_OVER = new Set(['node_modules', '__pycache__']);

/** Files and folders where the path being written leads to. A slash behind a folder asks for what is in it. */
export function filePaths({ analysis, range, place }: ValueContext): Choice[] {
  const { project } = analysis;
  const key = place.entry?.key ?? '';
  if (!project || key === 'outs' || place.shape.path === 'out') return [];
  const typed = typedIn({ analysis, range });
  const slash = typed.lastIndexOf('/') + 1;
  const folder = typed.slice(0, slash);
  if (folder.startsWith('/') || folder.split('/').includes('..')) return [];
  const isHiddenWanted = typed.charAt(slash) === '.';
  const isWanted = (Object.hasOwn(WANTED, key) && WANTED[key]) || (() => true);
  const shown = (project.list(folder.slice(0, -1)) ?? []).filter(
    ({ name, isFolder }) =>
      !PASSED_OVER.has(name) && (isHiddenWanted || !name.startsWith('.')) && (isFolder || isWanted(name)),
  );
  // whoever goes into a folder finds it read
  for (const { name, isFolder } of shown) if (isFolder) project.list(`${folder}${name}`);
  return shown.toSorted(byName).map(({ name, isFolder }) => ({
    label: `${folder}${name}`,
    isForeign: true,
    kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
    detail: isFolder ? 'folder' : undefined,
  }));
}

const byName = (one: FolderEntry, other: FolderEntry): number =>
  Number(other.isFolder) - Number(one.isFolder) || one.name.localeCompare(other.name, 'en', { numeric: true });
