import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differencesOf } from '../../../../daemon/files/tree/diff.ts';
import type { Folder } from './folders.ts';
import { ListsInMemory } from './folders.ts';

function differences(before: Folder, now: Folder, most = 100) {
  const lists = new ListsInMemory();
  return differencesOf(lists.find, lists.add(before).sha256, lists.add(now).sha256, most);
}

describe('what differs between two folders', () => {
  it('is told file by file, with sizes, in the order of names', () => {
    const before = { 'a.csv': 'one', 'b.csv': 'two', sub: { 'c.csv': 'three', 'd.csv': 'four' } };
    const now = { 'a.csv': 'one', 'b.csv': 'twenty', sub: { 'd.csv': 'four', 'e.csv': 'five' } };
    expect(differences(before, now)).toEqual({
      changes: [
        { path: 'b.csv', change: 'modified', bytesBefore: 3, bytesNow: 6 },
        { path: 'sub/c.csv', change: 'removed', bytesBefore: 5, bytesNow: null },
        { path: 'sub/e.csv', change: 'added', bytesBefore: null, bytesNow: 4 },
      ],
      added: 1,
      removed: 1,
      modified: 1,
    });
  });

  it('is a file that went and files that came when a folder took its name', () => {
    const { changes } = differences({ model: 'weights' }, { model: { 'a.bin': 'x', empty: {} } });
    expect(changes.map(({ path, change }) => [change, path])).toEqual([
      ['removed', 'model'],
      ['added', 'model/a.bin'],
      ['added', 'model/empty/'],
    ]);
  });

  it('counts what it does not list', () => {
    const now = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`${n}`, { x: 'x', y: 'y' }]));
    const { changes, added } = differences({}, now, 10);
    expect([changes.length, added]).toEqual([10, 2000]);
  });

  it('reads the lists of what changed alone, whatever lies beside it', () => {
    const large = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`img_${n}.png`, `${n}`]));
    const lists = new ListsInMemory();
    const before = lists.add({ large, other: { a: '1' } }).sha256;
    const now = lists.add({ large: { ...large, 'img_777.png': 'new' }, other: { a: '1' } }).sha256;
    expect(differencesOf(lists.find, before, now, 10).changes.map(({ path }) => path)).toEqual(['large/img_777.png']);
    const read = lists.read.reduce((sum, sha256) => sum + (lists.kept.get(sha256)?.length ?? 0), 0);
    const all = [...lists.kept.values()].reduce((sum, { length }) => sum + length, 0);
    expect(read).toBeLessThan(all / 10);
  });
});

const folder = fc.letrec<{ folder: Folder; entry: string | Folder }>((tie) => ({
  folder: fc.dictionary(fc.string({ minLength: 1, maxLength: 2, unit: fc.constantFrom('a', 'b', 'c') }), tie('entry'), {
    maxKeys: 6,
  }),
  entry: fc.oneof({ depthSize: 'small' }, fc.constantFrom('', 'x', 'yy'), tie('folder')),
})).folder;

/** Each file and each empty folder below. */
function flat(tree: Folder, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, one]): [string, string][] => {
    if (typeof one === 'string') return [[prefix + name, one]];
    const below = flat(one, `${prefix}${name}/`);
    return below.some(([path]) => !path.endsWith('/')) ? below : [[`${prefix}${name}/`, ''], ...below];
  });
}

it('is what a comparison file by file finds, for any two folders', () => {
  fc.assert(
    fc.property(folder, folder, (before, now) => {
      const lists = new ListsInMemory();
      const [was, is] = [lists.add(before), lists.add(now)];
      const { changes, added, removed, modified } = differencesOf(lists.find, was.sha256, is.sha256, Infinity);
      const [older, newer] = [new Map(flat(before)), new Map(flat(now))];
      const isFile = (path: string) => !path.endsWith('/');
      const paths = [...new Set([...older.keys(), ...newer.keys()])].filter(isFile);
      const expected = paths.filter((path) => older.get(path) !== newer.get(path)).sort();
      const told = changes.map(({ path }) => path);
      expect(told.filter(isFile).sort()).toEqual(expected);
      expect(added + removed + modified).toBe(changes.length);
      expect(was.sha256 === is.sha256).toBe(changes.length === 0);
    }),
  );
});
