import { hasExpression } from '../expressions/template.ts';
import type { PipelineModel, Plan, PlannedStep, StepModel } from '../model.ts';
import { isParam } from '../params.ts';
import { clashesOf, clashInWords } from './clashes.ts';
import type { FilledStep } from './fill.ts';
import { fillStep } from './fill.ts';
import { frozenPlan } from './frozen.ts';
import { findCycle } from './graph.ts';
import { inOrder } from './order.ts';
import { edgesOfSteps, needsOf } from './planned-edges.ts';
import type { PlanContext } from './scope.ts';
import { Scope } from './scope.ts';
import type { Variant } from './variants.ts';
import { onlyVariant } from './variants.ts';

/**
 * Steps without work (neither `uses` nor `run`) are left out: the rules have told. `keep`: the plan holds what this step is made of,
 * so that it can be made with other params.
 */
export function planOf(model: PipelineModel, context: PlanContext = {}, keep?: string): Plan {
  const scope = new Scope(model, context);
  const problems: Plan['problems'] = [];
  const filled = model.steps.flatMap((step) => {
    const variants = variantsIn(step, scope, problems);
    const all = variants.map((variant) => fillStep(step, variant, scope, model.env));
    problems.push(...problemsOf(step, all), ...missingParams(model, context, step));
    return all;
  });
  const edges = edgesOfSteps(model, filled);
  const cycle = findCycle(
    model.steps.map((step) => step.name),
    edges,
  );
  const needs = needsOf(model, filled);
  const planned = filled.flatMap(({ planned: step }): PlannedStep[] =>
    step ? [{ ...step, needs: needs.get(step.name) ?? [] }] : [],
  );
  const steps = inOrder(planned);
  return {
    steps,
    cycle: cycle && [...cycle.map((edge) => edge.from), cycle[0]?.from ?? ''],
    problems: [...problems, ...clashProblems(filled)],
    frozen: frozenPlan(model, context, steps, scope, keep),
  };
}

function variantsIn(step: StepModel, scope: Scope, problems: Plan['problems']): readonly Variant[] {
  const found = scope.variantsOf(step);
  if ('variants' in found) return found.variants;
  problems.push({ step: step.name, message: found.problem });
  return [onlyVariant(step.name)];
}

/** What is wrong with all variants is told once, of the step. */
function problemsOf(step: StepModel, filled: readonly FilledStep[]): Plan['problems'] {
  const names = new Map<string, string[]>();
  for (const { paths, problems } of filled) {
    for (const problem of problems) names.set(problem, [...(names.get(problem) ?? []), paths.name]);
  }
  return [...names].map(([message, [first = step.name, ...others]]) => ({
    step: others.length + 1 === filled.length ? step.name : first,
    message,
  }));
}

const clashProblems = (filled: readonly FilledStep[]): Plan['problems'] =>
  clashesOf(filled.map(({ paths }) => paths)).map((clash) => ({ step: clash.later, message: clashInWords(clash) }));

/** Nobody knows those of files that were not read. */
function missingParams({ params }: PipelineModel, context: PlanContext, step: StepModel): Plan['problems'] {
  const known = context.params ?? (params.files.length === 0 ? params.values : null);
  const missing = known ? step.params.filter(({ value }) => !(hasExpression(value) || isParam(value, known))) : [];
  return missing.map(({ value }) => ({ step: step.name, message: `There is no \`params.${value}\`.` }));
}
