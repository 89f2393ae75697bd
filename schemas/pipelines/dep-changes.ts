import { formatBytes } from '../bytes-text.ts';
import type { FileChange, PathDigest } from './digest.ts';
import { isSameDigest } from './digest.ts';
import type { Dep } from './key.ts';
import { inOrder } from './key.ts';
import type { Change } from './why.ts';

/** By the path of the dep. `more`: so many others changed, too. */
export type FolderChanges = ReadonlyMap<string, { changes: readonly FileChange[]; more: number }>;

const NAMED_FILES = 5;
const CODE = /\.(py|ipynb|r|R|jl|js|mjs|cjs|ts|sh|sql|scala|java|c|cc|cpp|rs|go)$/;

/** Code before data, as a person looks for a cause. */
export function changesOfDeps(before: readonly Dep[], now: readonly Dep[], folders: FolderChanges): Change[] {
  const [old, current] = [byPath(before), byPath(now)];
  const deps = inOrder([...before, ...now]).map(({ path }) => path);
  const changes = deps.flatMap((path) => {
    const [one, other] = [old.get(path), current.get(path)];
    if (one === undefined) return [dep('K3', path, `${path} is a new dep`)];
    if (other === undefined) return [dep('K3', path, `${path} is a dep no longer`)];
    return isSameDigest(one, other) ? [] : [changeOf(path, one, other, folders)];
  });
  return changes.toSorted((one, other) => Number(CODE.test(other.what)) - Number(CODE.test(one.what)));
}

/** Of each path the digest; null is one. */
const byPath = (deps: readonly Dep[]): Map<string, PathDigest> =>
  new Map(deps.map(({ path, digest }) => [path, digest]));

const dep = (rule: Change['rule'], what: string, words: string): Change => ({
  rule,
  what,
  before: null,
  after: null,
  words,
});

function changeOf(path: string, one: PathDigest, other: PathDigest, folders: FolderChanges): Change {
  const within = one?.kind === 'folder' && other?.kind === 'folder' ? folders.get(path) : undefined;
  const words = within ? `${path}/: ${filesInWords(within)}` : `${path}: ${inWords(one, other)}`;
  return { rule: 'K4', what: path, before: sizeOf(one), after: sizeOf(other), words };
}

function inWords(one: PathDigest, other: PathDigest): string {
  if (one === null) return 'it is there now';
  if (other === null) return 'it is gone';
  if (one.kind !== other.kind) return `${kindOf(one)} → ${kindOf(other)}`;
  if (one.kind === 'link' && other.kind === 'link') return `a link to ${one.target} → to ${other.target}`;
  if (one.kind === 'file' && other.kind === 'file' && one.sha256 === other.sha256) {
    return other.executable ? 'it may be executed now' : 'it may no longer be executed';
  }
  const sizes = [sizeOf(one), sizeOf(other)];
  return `changed (${sizes[0] === sizes[1] ? sizes[0] : sizes.join(' → ')})`;
}

function kindOf(digest: NonNullable<PathDigest>): string {
  return digest.kind === 'link' ? 'a link' : `a ${digest.kind}`;
}

function sizeOf(digest: PathDigest): string | null {
  if (digest === null) return null;
  if (digest.kind === 'link') return digest.target;
  const bytes = formatBytes(digest.bytes);
  return digest.kind === 'file' ? bytes : `${digest.files} ${digest.files === 1 ? 'file' : 'files'}, ${bytes}`;
}

/** `2 files changed, 1 added: a.py, b.py, c.py` */
function filesInWords({ changes, more }: { changes: readonly FileChange[]; more: number }): string {
  const count = (wanted: FileChange['change']) => changes.filter(({ change }) => change === wanted).length;
  const kinds = [
    [count('modified'), 'changed'],
    [count('added'), 'added'],
    [count('removed'), 'removed'],
    [more, 'more'],
  ] as const;
  const counts = kinds.flatMap(([n, what]) => (n > 0 ? [{ n, what }] : []));
  const words = counts.map(({ n, what }, at) =>
    at === 0 ? `${n} ${n === 1 ? 'file' : 'files'} ${what}` : `${n} ${what}`,
  );
  const named = changes.slice(0, NAMED_FILES).map(({ path }) => path);
  const rest = changes.length + more - named.length;
  return `${words.join(', ')}: ${named.join(', ')}${rest > 0 ? ', …' : ''}`;
}
