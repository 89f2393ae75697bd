import { join } from 'node:path';
import type { ImportModel, ImportVersion } from '../../../../schemas/wire/import.ts';
import type { Tree } from '../tree.ts';
import { filesOf, isDeletedStage, stageOf } from '../words.ts';
import { Meta } from './meta.ts';
import { readPairs, readTags } from './pairs.ts';

/** Registered models: a folder each below `models`, with one for each version. */
export function* readModels(tree: Tree, folder: string): Iterable<ImportModel> {
  for (const { name, path } of tree.folders(folder)) {
    const meta = Meta.in(tree, path);
    if (!meta) continue;
    yield {
      name: meta.text('name') || name,
      description: meta.text('description'),
      created_at: meta.time('creation_timestamp') ?? 0,
      tags: readTags(tree, path),
      aliases: readPairs(tree, join(path, 'aliases')).map(({ key, value }) => ({ alias: key, version: Number(value) })),
      versions: tree
        .folders(path)
        .flatMap((entry) => (/^version-\d+$/.test(entry.name) ? readVersion(tree, entry.path) : [])),
    };
  }
}

function readVersion(tree: Tree, folder: string): ImportVersion[] {
  const meta = Meta.in(tree, folder);
  if (!meta || isDeletedStage(meta.text('current_stage'))) return [];
  const run_id = meta.text('run_id') || null;
  const files = filesOf({ source: meta.text('source'), location: meta.text('storage_location'), run_id });
  return [
    {
      version: Number(meta.text('version')),
      stage: stageOf(meta.text('current_stage')),
      created_at: meta.time('creation_timestamp') ?? 0,
      created_by: meta.text('user_id'),
      description: meta.text('description'),
      run_id,
      model_id: meta.text('model_id') || (files.of === 'logged-model' ? files.model_id : null),
      run_link: meta.text('run_link'),
      files,
      tags: readTags(tree, folder),
    },
  ];
}
