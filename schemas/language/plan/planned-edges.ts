import type { PipelineModel } from '../model.ts';
import type { Edge } from './graph.ts';
import { namedEdges, pathEdges } from './graph.ts';
import type { StepPaths } from './written-paths.ts';

/** A planned step, or what will be one. */
interface Placed {
  of: string;
  paths: StepPaths;
}

/** Between steps, whatever their variants: a step whose variants wait for each other waits for itself. */
export function edgesOfSteps(model: PipelineModel, placed: readonly Placed[]): Edge[] {
  const stepOf = new Map(placed.map(({ of, paths }) => [paths.name, of]));
  const between = betweenVariants(placed);
  return [
    ...namedBetween(model),
    ...between.map((edge) => ({
      ...edge,
      from: stepOf.get(edge.from) ?? edge.from,
      to: stepOf.get(edge.to) ?? edge.to,
    })),
  ];
}

/** The names of the planned steps that each planned step waits for. */
export function needsOf(model: PipelineModel, placed: readonly Placed[]): ReadonlyMap<string, string[]> {
  const variants = Map.groupBy(placed, ({ of }) => of);
  const named = Map.groupBy(namedBetween(model), ({ from }) => from);
  const paths = Map.groupBy(betweenVariants(placed), ({ from }) => from);
  const namesOf = (step: string) => (variants.get(step) ?? []).map((variant) => variant.paths.name);
  const neededBy = new Map(
    [...named].map(([from, edges]) => [from, [...new Set(edges.map(({ to }) => to))].flatMap(namesOf)]),
  );
  return new Map(
    placed.map(({ of, paths: { name } }) => {
      const written = paths.get(name)?.map(({ to }) => to) ?? [];
      return [name, [...new Set([...(neededBy.get(of) ?? []), ...written])]];
    }),
  );
}

function namedBetween({ steps }: PipelineModel): Edge[] {
  const known = new Set(steps.map(({ name }) => name));
  return namedEdges(steps).filter(({ to }) => known.has(to));
}

/** Within a step only the very path of another variant counts: as in a step alone, a folder is no reason to wait. */
function betweenVariants(placed: readonly Placed[]): Edge[] {
  const byName = new Map(placed.map((one) => [one.paths.name, one]));
  return pathEdges(placed.map(({ paths }) => paths)).filter(({ from, to, path }) => {
    const [reader, writer] = [byName.get(from), byName.get(to)];
    return reader?.of !== writer?.of || writer?.paths.writes.some(({ value }) => value === path);
  });
}
