import { join } from 'node:path';
import type { ImportLoggedModel } from '../../../../schemas/wire/import.ts';
import type { SourceLoggedModel } from '../source.ts';
import type { Tree } from '../tree.ts';
import { modelStateOf } from '../words.ts';
import { Meta } from './meta.ts';
import { readMetricLines } from './metric-lines.ts';
import { readPairs, readTags } from './pairs.ts';
import type { FolderParts } from './runs.ts';

/** Models that runs of an experiment logged: MLflow 3. */
export function* readLoggedModels({ tree, roots }: FolderParts, experiment: string): Iterable<SourceLoggedModel> {
  for (const { name, path } of tree.folders(join(experiment, 'models'))) {
    const meta = Meta.in(tree, path);
    if (!meta) continue;
    const created_at = meta.time('creation_timestamp') ?? 0;
    yield {
      model: {
        model_id: meta.text('model_id') || name,
        name: meta.text('name') || name,
        model_type: meta.text('model_type'),
        source_run_id: meta.text('source_run_id'),
        status: modelStateOf(meta.text('status')),
        created_at,
        updated_at: meta.time('last_updated_timestamp') ?? created_at,
        deleted: meta.text('lifecycle_stage') === 'deleted',
        params: readPairs(tree, join(path, 'params')),
        tags: readTags(tree, path),
        metrics: [...readMetrics(tree, join(path, 'metrics'))],
      },
      artifacts: roots.find(meta.text('artifact_location'), join(path, 'artifacts')),
    };
  }
}

/** `TIMESTAMP VALUE STEP RUN [DATASET DIGEST]` */
function* readMetrics(tree: Tree, folder: string): Iterable<ImportLoggedModel['metrics'][number]> {
  for (const { name: key, path } of tree.files(folder)) {
    for (const { point, rest } of readMetricLines(tree, path)) {
      const [step, timestamp, value] = point;
      const [run_id = '', name, digest] = rest;
      yield { key, step, timestamp, value, run_id, dataset: name && digest ? { name, digest } : undefined };
    }
  }
}
