import { blocksOf, listOf } from '../blocks.ts';
import type { Answer, Lookup } from '../expressions/evaluate.ts';
import type { ReferencePath } from '../expressions/references.ts';
import type { Filled } from '../expressions/template.ts';
import { fillAsFarAsKnown, fillObject, fillText, hasExpression } from '../expressions/template.ts';
import { toText } from '../expressions/values.ts';
import type { BuiltInStep } from '../grammar/built-in-steps.ts';
import { BUILT_IN_STEPS, isBuiltInStep } from '../grammar/built-in-steps.ts';
import { FORMATS, HOLDS_NUL } from '../grammar/formats.ts';
import { shapeOf } from '../grammar/shape.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Located, PipelineModel, Plan, PlannedStep, StepModel } from '../model.ts';
import { isParam } from '../params.ts';
import { firstOfEach } from '../syntax/to-json.ts';
import { normalPath } from '../values/paths.ts';
import type { Edge } from './graph.ts';
import { edgesOf, findCycle } from './graph.ts';
import { inOrder } from './order.ts';
import { runningOf } from './running.ts';
import type { PlanContext } from './scope.ts';
import { Scope } from './scope.ts';
import type { StepPaths } from './written-paths.ts';

/** Steps without work (neither `uses` nor `run`) are left out: the rules have told. */
export function planOf(model: PipelineModel, context: PlanContext = {}): Plan {
  const scope = new Scope(model, context);
  const filled = model.steps.map((step) => fillStep(model, step, scope.of(step)));
  const edges = edgesOf(
    model,
    filled.map((step) => step.paths),
  );
  const cycle = findCycle(
    model.steps.map((step) => step.name),
    edges,
  );
  const needs = Map.groupBy(edges, (edge) => edge.from);
  const steps = filled.flatMap(({ planned }) => {
    if (!planned) return [];
    return [{ ...planned, needs: [...new Set(needs.get(planned.name)?.map((edge) => edge.to))] }];
  });
  return {
    steps: inOrder(steps),
    cycle: cycle && [...cycle.map((edge) => edge.from), cycle[0]?.from ?? ''],
    problems: filled.flatMap(({ name, problems }, at) =>
      [...problems, ...missingParams(model, context, model.steps[at])].map((message) => ({ step: name, message })),
    ),
  };
}

/** Nobody knows those of files that were not read. */
function missingParams({ params }: PipelineModel, context: PlanContext, step: StepModel | undefined): string[] {
  const known = context.params ?? (params.files.length === 0 ? params.values : null);
  const missing = known
    ? (step?.params ?? []).filter(({ value }) => !(hasExpression(value) || isParam(value, known)))
    : [];
  return missing.map(({ value }) => `There is no \`params.${value}\`.`);
}

/** What the rules about order need: paths and edges, with places. */
export function graphOf(model: PipelineModel): { paths: StepPaths[]; edges: Edge[] } {
  const scope = new Scope(model, {});
  const { values } = model.params;
  const paths = listOf(blocksOf(model.steps).map((block) => pathsIn(block, scope, values)));
  return { paths, edges: edgesOf(model, paths) };
}

const pathsKnown = new WeakMap<readonly StepModel[], { params: JsonObject; paths: readonly StepPaths[] }>();

/** As long as the params stay, so do those of a block that refers to nothing else. */
function pathsIn(block: readonly StepModel[], scope: Scope, params: JsonObject): readonly StepPaths[] {
  const known = pathsKnown.get(block);
  if (known?.params === params) return known.paths;
  const all = block.map((step) => knownPaths(step, scope, params));
  const paths = all.map((one) => one.paths);
  if (all.every((one) => one.params === params)) pathsKnown.set(block, { params, paths });
  return paths;
}

/** The paths of a step, and the names that were looked up for them. */
interface KnownPaths {
  paths: StepPaths;
  asked: readonly (readonly [ReferencePath, Answer])[];
  /** which say all that was asked for; null where something else does */
  params: JsonObject | null;
}

const filledPaths = new WeakMap<StepModel, KnownPaths>();

/** As long as all that they refer to stays, so do they. */
function knownPaths(step: StepModel, scope: Scope, params: JsonObject): KnownPaths {
  const known = filledPaths.get(step);
  if (known?.params === params) return known;
  const lookup = scope.of(step);
  if (known?.asked.every(([path, answer]) => isSame(lookup(path), answer))) {
    if (known.params) known.params = params;
    return known;
  }
  const asked: [ReferencePath, Answer][] = [];
  const noting: Lookup = (path) => {
    const answer = lookup(path);
    asked.push([path, answer]);
    return answer;
  };
  const settings = Object.entries(step.with).map(([key, value]) => [key, fillAsFarAsKnown(value, noting)] as const);
  const paths = pathsOf(step, Object.fromEntries(settings), (raw) => fillAsFarAsKnown(raw, noting));
  const isOfParams = asked.every(([[context]]) => context === 'params');
  const made = { paths, asked, params: isOfParams ? params : null };
  filledPaths.set(step, made);
  return made;
}

/** Lists and maps are never the same: it is enough that a plain value is. */
function isSame(one: Answer, other: Answer): boolean {
  if ('problem' in one) return 'problem' in other && one.problem === other.problem;
  return 'value' in other && Object.is(one.value, other.value);
}

interface FilledStep {
  name: string;
  planned: Omit<PlannedStep, 'needs'> | null;
  paths: StepPaths;
  problems: string[];
}

function fillStep(model: PipelineModel, step: StepModel, lookup: Lookup): FilledStep {
  const problems: string[] = [];
  const filling = (raw: string): JsonValue => {
    const { value, problems: found } = fillText(raw, lookup);
    problems.push(...found);
    return value;
  };
  const text = (raw: string): string => toText(filling(raw));
  const env = environmentOf(Object.keys({ ...model.env, ...step.env }), lookup);
  const settings = fillObject(step.with, lookup);
  problems.push(...env.problems, ...settings.problems);
  const paths = pathsOf(step, settings.value, filling);
  const said = fillObject(step.running, lookup);
  const { running, problems: wrong } = runningOf(said.value);
  problems.push(...said.problems, ...wrong);
  const work = workOf(step, settings.value, text);
  const named = [...paths.reads, ...paths.writes].map(({ value }) => value);
  const texts = [...(work?.kind === 'run' ? [work.command] : []), ...Object.values(env.value), ...named];
  if (texts.some((one) => !FORMATS['process-text'].accepts(one))) problems.push(HOLDS_NUL);
  const planned = work && {
    name: step.name,
    of: step.name,
    matrix: null,
    work,
    reads: paths.reads.map((read) => read.value),
    writes: paths.writes.map((write) => write.value),
    metrics: [],
    plots: [],
    params: step.params.map((param) => param.value),
    env: env.value,
    condition: step.condition,
    ...running,
    group: null,
    late: false,
  };
  return { name: step.name, planned, paths, problems };
}

/** The variables that the file gives a step, each as an expression would find it. */
function environmentOf(names: readonly string[], lookup: Lookup): Filled<Record<string, string>> {
  const found = names.map((name) => [name, lookup(['env', name])] as const);
  return {
    value: Object.fromEntries(found.map(([name, answer]) => [name, 'value' in answer ? toText(answer.value) : ''])),
    problems: found.flatMap(([, answer]) => ('problem' in answer ? [answer.problem] : [])),
  };
}

function pathsOf(step: StepModel, settings: JsonObject, filling: (raw: string) => JsonValue): StepPaths {
  // an expression may come to a list: `deps: ${{ params.files }}`
  const paths = ({ value, range }: Located<string>) =>
    [filling(value)].flat().map((one) => ({ value: normalPath(toText(one)), range }));
  return {
    name: step.name,
    reads: unique([...step.deps.flatMap(paths), ...pathSettings(step, settings, 'in')]),
    writes: unique([...step.outs.flatMap(paths), ...pathSettings(step, settings, 'out')]),
  };
}

function workOf(step: StepModel, settings: JsonObject, text: (raw: string) => string): PlannedStep['work'] | null {
  if (step.uses) return isBuiltInStep(step.uses.value) ? { kind: 'uses', uses: step.uses.value, with: settings } : null;
  return step.run ? { kind: 'run', command: text(step.run.value) } : null;
}

/** The settings of a built-in step that are paths, one or a list, in the direction asked for. */
function pathSettings(step: StepModel, settings: JsonObject, direction: 'in' | 'out'): Located<string>[] {
  if (!step.uses || !isBuiltInStep(step.uses.value)) return [];
  return pathKeys(step.uses.value, direction).flatMap((key) => {
    const value = settings[key];
    const range = step.withRanges[key] ?? step.nameRange;
    const texts = (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
    return texts.filter((item) => item !== '').map((item) => ({ value: normalPath(item), range }));
  });
}

function pathKeys(uses: BuiltInStep, direction: 'in' | 'out'): string[] {
  const properties = Object.entries(shapeOf(BUILT_IN_STEPS[uses]).properties ?? {});
  return properties.filter(([, shape]) => shape.path === direction).map(([key]) => key);
}

function unique(places: Located<string>[]): Located<string>[] {
  return Object.values(firstOfEach(places.map((place) => [place.value, place] as const)));
}
