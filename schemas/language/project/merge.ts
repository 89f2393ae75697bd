import { blocksOf, listOf } from '../blocks.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { NamedModel, PipelineModel } from '../model.ts';
import { firstOfEach } from '../syntax/to-json.ts';

/** The files as if they were one. What stands in two of them is a mistake, and the first counts. */
export function mergeModels(models: readonly PipelineModel[]): PipelineModel {
  const [only, second] = models;
  if (only && !second) return only;
  const named = <T extends NamedModel>(section: (model: PipelineModel) => readonly T[]): T[] => {
    const [first, ...others] = models.map(section);
    const known = new Set(first?.map(({ name }) => name));
    const further = others.flatMap((entries) => {
      const fresh = entries.filter(({ name }) => !known.has(name));
      for (const { name } of fresh) known.add(name);
      return fresh;
    });
    return listOf([...blocksOf(first ?? []), further]);
  };
  return {
    version: models[0]?.version ?? null,
    name: models.find(({ name }) => name !== null)?.name ?? null,
    includes: models.flatMap(({ includes }) => includes),
    params: {
      values: models.reduceRight<JsonObject>((values, { params }) => mergeObjects(values, params.values), {}),
      files: models.flatMap(({ params }) => params.files),
    },
    env: firstOfEach(models.flatMap(({ env }) => Object.entries(env))),
    sources: models.flatMap(({ sources }) => sources),
    steps: named(({ steps }) => steps),
    models: named(({ models: entries }) => entries),
    endpoints: named(({ endpoints }) => endpoints),
    monitors: named(({ monitors }) => monitors),
    datasets: named(({ datasets }) => datasets),
    triggers: models.flatMap(({ triggers }) => triggers),
    sweeps: named(({ sweeps }) => sweeps),
  };
}

/** What is a map in both is one map of both; of all else `over` counts. */
export function mergeObjects(base: JsonObject, over: JsonObject): JsonObject {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const earlier = merged.get(key);
    merged.set(key, isObject(earlier) && isObject(value) ? mergeObjects(earlier, value) : value);
  }
  return Object.fromEntries(merged);
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
