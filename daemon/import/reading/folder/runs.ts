import { basename, join } from 'node:path';
import type { ArtifactRoots } from '../artifact-roots.ts';
import type { SeriesPart, SourceRun } from '../source.ts';
import type { Tree } from '../tree.ts';
import { splitName, stateOf } from '../words.ts';
import { readLinks } from './links.ts';
import { Meta } from './meta.ts';
import { readMetric } from './metric-lines.ts';
import { readPairs, readTags } from './pairs.ts';

export interface FolderParts {
  tree: Tree;
  roots: ArtifactRoots;
}

export function readRun({ tree, roots }: FolderParts, experiment: string, folder: string): SourceRun | undefined {
  const meta = Meta.in(tree, folder);
  if (!meta) return undefined;
  const run_id = meta.text('run_id', 'run_uuid') || basename(folder);
  const { name, tags } = splitName(meta.text('run_name', 'name'), readTags(tree, folder));
  return {
    run: {
      run_id,
      name,
      user: meta.text('user_id'),
      state: stateOf(meta.text('status')),
      started_at: meta.time('start_time') ?? 0,
      ended_at: meta.time('end_time') ?? null,
      params: readPairs(tree, join(folder, 'params')),
      tags,
      ...readLinks(tree, experiment, folder),
    },
    deleted: meta.text('lifecycle_stage') === 'deleted',
    artifacts: roots.find(meta.text('artifact_uri'), join(folder, 'artifacts')),
    points: () => readPoints(tree, join(folder, 'metrics')),
  };
}

function* readPoints(tree: Tree, folder: string): Iterable<SeriesPart> {
  for (const { name, path } of tree.files(folder)) yield* readMetric(tree, path, name);
}
