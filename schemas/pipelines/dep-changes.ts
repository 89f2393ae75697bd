import { formatBytes } from '../bytes-text.ts';
import type { Digest, FileChanges } from './digest.ts';
import type { Found } from './identity.ts';
import { isSame } from './identity.ts';
import type { Dep } from './key.ts';
import { inOrder } from './key.ts';
import type { Change } from './why.ts';

/** By the path of the dep. */
export type FolderChanges = ReadonlyMap<string, FileChanges>;

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
    return isSame(one, other) ? [] : [changeOf(path, one, other, folders)];
  });
  return changes.toSorted((one, other) => Number(CODE.test(other.what)) - Number(CODE.test(one.what)));
}

/** Of each path the digest; null is one. */
const byPath = (deps: readonly Dep[]): Map<string, Found> => new Map(deps.map(({ path, digest }) => [path, digest]));

const dep = (rule: Change['rule'], what: string, words: string): Change => ({
  rule,
  what,
  before: null,
  after: null,
  words,
});

function changeOf(path: string, one: Found, other: Found, folders: FolderChanges): Change {
  const within = one?.kind === 'folder' && other?.kind === 'folder' ? folders.get(path) : undefined;
  const words = within ? `${path}/: ${filesInWords(within)}` : `${path}: ${inWords(one, other)}`;
  return { rule: 'K4', what: path, before: sizeOf(one), after: sizeOf(other), words };
}

function inWords(one: Found, other: Found): string {
  if (one === null) return 'it is there now';
  if (other === null) return 'it is gone';
  if (one.kind !== other.kind) return `${kindOf(one)} → ${kindOf(other)}`;
  if (one.kind === 'link' && other.kind === 'link') {
    if (one.target !== other.target) return `a link to ${one.target} → to ${other.target}`;
    return `what it leads to: ${inWords(one.to, other.to)}`;
  }
  if (one.kind === 'folder' && one.sha256 === other.sha256) return 'what its links lead to changed';
  if (one.kind === 'file' && other.kind === 'file' && one.sha256 === other.sha256) {
    return other.executable ? 'it may be executed now' : 'it may no longer be executed';
  }
  const sizes = [sizeOf(one), sizeOf(other)];
  return `changed (${sizes[0] === sizes[1] ? sizes[0] : sizes.join(' → ')})`;
}

function kindOf(digest: Digest): string {
  return digest.kind === 'link' ? 'a link' : `a ${digest.kind}`;
}

function sizeOf(digest: Found): string | null {
  if (digest === null) return null;
  if (digest.kind === 'link') return digest.target;
  const bytes = formatBytes(digest.bytes);
  return digest.kind === 'file' ? bytes : `${digest.files} ${digest.files === 1 ? 'file' : 'files'}, ${bytes}`;
}

/** `2 files changed, 1 added: a.py, b.py, c.py` */
function filesInWords({ changes, modified, added, removed }: FileChanges): string {
  const kinds = [
    [modified, 'changed'],
    [added, 'added'],
    [removed, 'removed'],
  ] as const;
  const counts = kinds.filter(([count]) => count > 0);
  const words = counts.map(([count, what], at) =>
    at === 0 ? `${count} ${count === 1 ? 'file' : 'files'} ${what}` : `${count} ${what}`,
  );
  const named = changes.slice(0, NAMED_FILES).map(({ path }) => path);
  const rest = modified + added + removed - named.length;
  return `${words.join(', ')}: ${named.join(', ')}${rest > 0 ? ', …' : ''}`;
}
