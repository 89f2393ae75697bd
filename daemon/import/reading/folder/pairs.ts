import { join } from 'node:path';
import type { Tree } from '../tree.ts';

/** A file for each key, in folders where the key has slashes, with the value in it. */
export function readPairs(tree: Tree, folder: string): { key: string; value: string }[] {
  return [...tree.files(folder)].flatMap(({ name, path }) => {
    const value = tree.text(path);
    return value === undefined ? [] : [{ key: name, value }];
  });
}

export function readTags(tree: Tree, folder: string): { key: string; value: string }[] {
  return readPairs(tree, join(folder, 'tags'));
}
