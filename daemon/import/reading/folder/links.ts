import { join } from 'node:path';
import type { ImportRun } from '../../../../schemas/wire/import.ts';
import type { Tree } from '../tree.ts';
import { CONTEXT_TAG } from '../words.ts';
import { Meta } from './meta.ts';

type Links = Pick<ImportRun, 'datasets' | 'input_models' | 'output_models'>;

/** What a run took in and gave out; datasets themselves lie beside the runs of their experiment. */
export function readLinks(tree: Tree, experiment: string, run: string): Links {
  const links: Links = { datasets: [], input_models: [], output_models: [] };
  for (const { path } of tree.folders(join(run, 'inputs'))) {
    const meta = Meta.in(tree, path);
    if (meta?.text('source_type') === 'MODEL') links.input_models.push(meta.text('source_id'));
    else if (meta) links.datasets.push(...readDataset(tree, experiment, meta.text('source_id'), path));
  }
  for (const { path } of tree.folders(join(run, 'outputs'))) {
    const meta = Meta.in(tree, path);
    if (meta) links.output_models.push({ model_id: meta.text('destination_id'), step: Number(meta.text('step') || 0) });
  }
  return links;
}

function readDataset(tree: Tree, experiment: string, id: string, input: string): ImportRun['datasets'] {
  if (!/^[\w-]+$/.test(id)) {
    tree.note(input, 'It names no dataset.');
    return [];
  }
  const meta = Meta.in(tree, join(experiment, 'datasets', id));
  if (!meta) return [];
  const tags = Meta.in(tree, input)?.pairs('tags') ?? [];
  return [
    {
      dataset: {
        name: meta.text('name'),
        digest: meta.text('digest'),
        source_type: meta.text('source_type'),
        source: meta.text('source'),
        schema: meta.text('schema') || undefined,
        profile: meta.text('profile') || undefined,
      },
      context: tags.find(({ key }) => key === CONTEXT_TAG)?.value,
      tags,
    },
  ];
}
