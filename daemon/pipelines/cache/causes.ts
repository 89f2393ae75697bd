import { createHash } from 'node:crypto';
import type { FolderChanges } from '../../../schemas/pipelines/dep-changes.ts';
import type { KeyParts } from '../../../schemas/pipelines/key.ts';
import { keyText } from '../../../schemas/pipelines/key.ts';
import type { LockEntry } from '../../../schemas/pipelines/lock/entry.ts';
import { changesSinceEntry } from '../../../schemas/pipelines/lock/of-parts.ts';
import type { Change } from '../../../schemas/pipelines/why.ts';
import { whatChanged } from '../../../schemas/pipelines/why.ts';
import type { WorkspaceFiles } from './ports.ts';
import type { KnownResult } from './results.ts';

export const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

export const keyOf = (parts: KeyParts): string => hash(keyText(parts));

const NEVER: Change = { rule: 'C3', what: 'the step', before: null, after: null, words: 'no earlier result' };

/** Why a step's key is another than that of its last result, which this workspace knows or crisol.lock. */
export async function causesOf(
  parts: KeyParts,
  { last, locked }: { last: KnownResult | undefined; locked: readonly LockEntry[] },
  files: Pick<WorkspaceFiles, 'changesBetween'>,
): Promise<Change[]> {
  if (last) return whatChanged(last.parts, parts, await folderChanges(last.parts, parts, files));
  const [entry] = locked;
  return entry ? changesSinceEntry(entry, parts, hash) : [NEVER];
}

/** Of each folder that is another. */
async function folderChanges(
  before: KeyParts,
  now: KeyParts,
  files: Pick<WorkspaceFiles, 'changesBetween'>,
): Promise<FolderChanges> {
  const old = new Map(before.deps.map(({ path, digest }) => [path, digest]));
  const folders = now.deps.flatMap(({ path, digest }) => {
    const was = old.get(path);
    const isOther = digest?.kind === 'folder' && was?.kind === 'folder' && was.sha256 !== digest.sha256;
    return isOther ? [{ path, before: was.sha256, now: digest.sha256 }] : [];
  });
  const found = await Promise.all(
    folders.map(async (one) => [one.path, await files.changesBetween(one.before, one.now)] as const),
  );
  return new Map(found.flatMap(([path, changes]) => (changes ? [[path, changes] as const] : [])));
}

const SHOWN = 3;

/** `params.l2: 1 → 100; src/a.py changed; and 2 more` */
export function inWords(changes: readonly Change[]): string {
  const words = changes.slice(0, SHOWN).map((change) => change.words);
  const more = changes.length - words.length;
  return [...words, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
