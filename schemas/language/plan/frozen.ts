import type { JsonObject, JsonValue } from '../json.ts';
import type { FrozenPlan, FrozenStep, Located, PipelineModel, PlannedStep, StepModel } from '../model.ts';
import type { Range } from '../positions.ts';
import { remembered } from '../remembered.ts';
import { referencedSteps } from './graph.ts';
import type { ScopeModel } from './of-steps.ts';
import type { PlanContext, Scope } from './scope.ts';

/** Of the file only what is still to be filled in, and the steps that it names. */
export function frozenPlan(
  model: PipelineModel,
  context: PlanContext,
  steps: PlannedStep[],
  scope: Scope,
  /** a step that is to be filled in with other params */
  keep?: string,
): FrozenPlan {
  const isOpen = ({ of, late, condition }: PlannedStep) => late || condition !== null || of === keep;
  const open = new Set(steps.filter(isOpen).map(({ of }) => of));
  if (open.size === 0) return { steps, source: null };
  const params = context.params ?? model.params.values;
  const kept = withNamed(model.steps, open).map((step) => frozenStep(step, scope));
  return { steps, source: { params, env: model.env, steps: kept } };
}

function withNamed(steps: readonly StepModel[], names: ReadonlySet<string>): StepModel[] {
  const byName = new Map(steps.toReversed().map((step) => [step.name, step]));
  const found = new Set(names);
  // grows as it is gone through
  for (const name of found) {
    const step = byName.get(name);
    for (const other of step ? referencedSteps(step) : []) found.add(other);
  }
  return steps.filter((step) => found.has(step.name) && byName.get(step.name) === step);
}

function frozenStep(step: StepModel, scope: Scope): FrozenStep {
  const texts = (places: readonly Located<string>[]) => places.map(({ value }) => value);
  const found = step.matrix ? scope.variantsOf(step) : null;
  const variants = found && 'variants' in found ? found.variants : [];
  return {
    name: step.name,
    uses: step.uses?.value ?? null,
    run: step.run?.value ?? null,
    with: step.with,
    deps: texts(step.deps),
    outs: texts(step.outs),
    metrics: texts(step.metrics),
    plots: texts(step.plots),
    params: texts(step.params),
    env: step.env,
    condition: step.condition,
    best: step.best?.value ?? null,
    running: step.running,
    folds: step.folds?.settings ?? null,
    combinations: found && variants.flatMap(({ matrix }) => (matrix ? [matrix] : [])),
  };
}

/** What was frozen, as names are looked up in it. Made once for a plan. */
export interface Thawed {
  model: ScopeModel;
  combinations: Readonly<Record<string, readonly JsonObject[]>>;
  planned: ReadonlyMap<string, PlannedStep>;
  steps: ReadonlyMap<string, StepModel>;
}

export const thaw = remembered(({ steps, source }: FrozenPlan): Thawed => {
  const kept = source?.steps ?? [];
  const models = kept.map(thawedStep);
  return {
    model: { params: { values: source?.params ?? {}, files: [] }, env: source?.env ?? {}, steps: models },
    combinations: Object.fromEntries(
      kept.flatMap(({ name, combinations }) => (combinations ? [[name, combinations]] : [])),
    ),
    planned: new Map(steps.map((step) => [step.name, step])),
    steps: new Map(models.map((step) => [step.name, step])),
  };
});

const START = { line: 0, character: 0 };
/** The file may say something else by now. */
const NOWHERE: Range = { start: START, end: START };

const located = (value: string): Located<string> => ({ value, range: NOWHERE });
const textOf = (value: JsonValue | undefined) => (typeof value === 'string' ? value : null);
const locatedOrNull = (value: string | null) => (value === null ? null : located(value));

function thawedStep(step: FrozenStep): StepModel {
  return {
    ...step,
    nameRange: NOWHERE,
    range: NOWHERE,
    damaged: false,
    kind: step.uses === null ? 'run' : 'uses',
    uses: locatedOrNull(step.uses),
    run: locatedOrNull(step.run),
    pathRanges: {},
    deps: step.deps.map(located),
    outs: step.outs.map(located),
    metrics: step.metrics.map(located),
    plots: step.plots.map(located),
    // what they came to is known of the planned step
    needs: [],
    params: step.params.map(located),
    best: locatedOrNull(step.best),
    folds: step.folds && { settings: step.folds, data: locatedOrNull(textOf(step.folds.data)) },
    matrix: step.combinations && { range: NOWHERE, entries: [] },
  };
}
