import { join } from 'node:path';
import type { ImportModel } from '../../../../schemas/wire/import.ts';
import { isRemote } from '../artifact-roots.ts';
import type { Source, SourceExperiment, SourceLoggedModel, SourceRun } from '../source.ts';
import type { Entry, Tree } from '../tree.ts';
import { readLoggedModels } from './logged-models.ts';
import { Meta } from './meta.ts';
import { readTags } from './pairs.ts';
import { readModels } from './registry.ts';
import type { FolderParts } from './runs.ts';
import { readRun } from './runs.ts';

const TRASH = '.trash';
const MODELS = 'models';
/** What lies beside the runs of an experiment. */
const NO_RUNS = new Set(['tags', 'datasets', MODELS, 'traces']);

/** MLflow's old layout: a folder for each experiment, and in it one for each run; deleted experiments in `.trash`. */
export class FolderSource implements Source {
  private readonly parts: FolderParts;
  private readonly folders = new Map<string, string>();

  constructor(parts: FolderParts) {
    this.parts = parts;
  }

  /** Whether it looks like one at all. */
  static fits(tree: Tree): boolean {
    return [...experimentFolders(tree)].some(({ path }) => tree.isFile(join(path, 'meta.yaml')));
  }

  *experiments(): Iterable<SourceExperiment> {
    const { tree } = this.parts;
    for (const { name, path } of experimentFolders(tree)) {
      const meta = Meta.in(tree, path);
      if (!meta) continue;
      this.folders.set(name, path);
      const location = meta.text('artifact_location');
      const created_at = meta.time('creation_time') ?? 0;
      yield {
        id: name,
        experiment: {
          name: meta.text('name') || name,
          created_at,
          updated_at: meta.time('last_update_time') ?? created_at,
          deleted: meta.text('lifecycle_stage') === 'deleted',
          artifact_location: isRemote(location) ? location : null,
          tags: readTags(tree, path),
        },
      };
    }
  }

  runIds(experimentId: string): string[] {
    const { tree } = this.parts;
    return tree.folders(this.folder(experimentId)).flatMap(({ name }) => (NO_RUNS.has(name) ? [] : [name]));
  }

  run(experimentId: string, runId: string): SourceRun | undefined {
    const folder = this.folder(experimentId);
    return readRun(this.parts, folder, join(folder, runId));
  }

  loggedModels(experimentId: string): Iterable<SourceLoggedModel> {
    return readLoggedModels(this.parts, this.folder(experimentId));
  }

  models(): Iterable<ImportModel> {
    const { tree } = this.parts;
    return readModels(tree, join(tree.root, MODELS));
  }

  close(): void {
    // nothing is held open
  }

  private folder(experimentId: string): string {
    return this.folders.get(experimentId) ?? join(this.parts.tree.root, experimentId);
  }
}

function experimentFolders(tree: Tree): Entry[] {
  const isExperiment = ({ name }: Entry) => !name.startsWith('.') && name !== MODELS;
  return [...tree.folders(tree.root), ...tree.folders(join(tree.root, TRASH))].filter(isExperiment);
}
