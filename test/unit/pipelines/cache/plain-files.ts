import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { WorkspaceFiles } from '../../../../daemon/pipelines/cache/ports.ts';
import type { Digest, FileChange, FileChanges } from '../../../../schemas/pipelines/digest.ts';

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

/** The simplest room of files there can be: everything is read each time, and kept as a copy. */
export function plainFiles(workspace: string): WorkspaceFiles {
  const place = (path: string) => join(workspace, path);
  const kept = (digest: Digest) => join(workspace, '.crisol', 'cache', `${digest.kind}-${digest.sha256}`);
  const lists = new Map<string, List>();

  return {
    digest: async (paths) => new Map(paths.map((path) => [path, look(place(path), lists)])),
    changesBetween: async (before, now) => between(lists.get(before), lists.get(now)),
    async keep(path) {
      const digest = look(place(path), lists);
      if (!digest) throw new Error(`there is no ${path}`);
      cpSync(place(path), kept(digest), { recursive: true });
      return digest;
    },
    has: async (digest) => existsSync(kept(digest)),
    async restore(path, digest) {
      rmSync(place(path), { recursive: true, force: true });
      mkdirSync(dirname(place(path)), { recursive: true });
      cpSync(kept(digest), place(path), { recursive: true });
    },
    async setAside(path, where) {
      if (!lstatSync(place(path), { throwIfNoEntry: false })) return false;
      mkdirSync(dirname(place(where)), { recursive: true });
      renameSync(place(path), place(where));
      return true;
    },
    async remove(path) {
      rmSync(place(path), { recursive: true });
      return true;
    },
  };
}

type List = Map<string, string>;

function between(old: List | undefined, current: List | undefined): FileChanges | undefined {
  if (!old || !current) return undefined;
  const names = [...new Set([...old.keys(), ...current.keys()])].sort();
  const changes = names.flatMap((path): FileChange[] => {
    const [was, is] = [old.get(path), current.get(path)];
    if (was === is) return [];
    const change = was === undefined ? 'added' : is === undefined ? 'removed' : 'modified';
    return [{ path, change, bytesBefore: null, bytesNow: null }];
  });
  const count = (wanted: FileChange['change']) => changes.filter(({ change }) => change === wanted).length;
  return { changes, added: count('added'), removed: count('removed'), modified: count('modified') };
}

/** With the lists of folders, by their sha256. */
function look(file: string, lists: Map<string, List>): Digest | null {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (!found) return null;
  if (found.isSymbolicLink()) {
    const target = readlinkSync(file);
    return { kind: 'link', sha256: sha256(target), target, to: null };
  }
  if (!found.isDirectory()) {
    return {
      kind: 'file',
      sha256: sha256(readFileSync(file)),
      bytes: found.size,
      executable: (found.mode & 0o100) > 0,
    };
  }
  const names = readdirSync(file, { recursive: true, encoding: 'utf8' })
    .filter((name) => !lstatSync(join(file, name)).isDirectory())
    .sort();
  const list = new Map(names.map((name) => [name, look(join(file, name), lists)?.sha256 ?? '']));
  const sha = sha256(JSON.stringify([...list]));
  lists.set(sha, list);
  const bytes = names.reduce((sum, name) => sum + lstatSync(join(file, name)).size, 0);
  return { kind: 'folder', sha256: sha, bytes, files: names.length };
}
