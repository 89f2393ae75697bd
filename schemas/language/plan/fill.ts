import type { ExpressionNode } from '../expressions/ast.ts';
import { callProblemsOf } from '../expressions/calls.ts';
import type { Lookup } from '../expressions/evaluate.ts';
import { evaluate } from '../expressions/evaluate.ts';
import { referencesOf } from '../expressions/references.ts';
import { fillObject, fillText } from '../expressions/template.ts';
import { toText } from '../expressions/values.ts';
import { isBuiltInStep } from '../grammar/built-in-steps.ts';
import type { FoldSettings } from '../grammar/folds.ts';
import { FORMATS, HOLDS_NUL } from '../grammar/formats.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Located, MatrixModel, PlannedStep, StepModel } from '../model.ts';
import { normalPath } from '../values/paths.ts';
import { expressionsIn, partsOfCondition } from './condition.ts';
import { textsOfStep } from './graph.ts';
import { pathsOf } from './paths.ts';
import { runningOf } from './running.ts';
import type { Scope } from './scope.ts';
import type { Variant } from './variants.ts';
import { groupOf } from './variants.ts';
import type { StepPaths } from './written-paths.ts';

/** A variant of a step with its expressions filled in. */
export interface FilledStep {
  of: string;
  /** null while neither `uses` nor `run` has been written */
  planned: Omit<PlannedStep, 'needs'> | null;
  paths: StepPaths;
  problems: string[];
}

/** Fills in what can be, and notes what cannot. */
class Filling {
  readonly problems: string[] = [];
  isLate = false;
  readonly lookup: Lookup;

  constructor(lookup: Lookup) {
    this.lookup = lookup;
  }

  readonly value = (raw: string): JsonValue => this.note(fillText(raw, this.lookup));
  readonly text = (raw: string): string => toText(this.value(raw));

  note<T>({ value, problems, late }: { value: T; problems: string[]; late?: string | null }): T {
    this.problems.push(...problems);
    if (late) this.isLate = true;
    return value;
  }
}

/** `fileEnv`: the environment of the file, whose variables each step has. */
export function fillStep(step: StepModel, variant: Variant, scope: Scope, fileEnv: Record<string, string>): FilledStep {
  const lookup = scope.of(step, variant);
  const filling = new Filling(lookup);
  const env = environmentOf({ ...fileEnv, ...step.env }, filling);
  const settings = filling.note(fillObject(step.with, lookup));
  const paths = { ...pathsOf(step, (key) => settings[key], filling.value), name: variant.name };
  const running = runningIn(step.running, filling);
  const group = step.matrix ? groupIn(step.matrix, scope.of(step), filling) : null;
  const folds = foldsIn(step, filling);
  const work = workOf(step, settings, filling.text);
  const named = [...paths.reads, ...paths.writes].map(({ value }) => value);
  const texts = [...(work?.kind === 'run' ? [work.command] : []), ...Object.values(env), ...named];
  if (texts.some((one) => !FORMATS['process-text'].accepts(one))) filling.problems.push(HOLDS_NUL);
  noteCondition(step.condition, filling);
  if (filling.isLate) filling.problems.push(...problemsWithin(step, lookup));
  const placed = (places: readonly Located<string>[]) => pathsAt(places, filling.value);
  const planned = work && {
    name: variant.name,
    of: step.name,
    matrix: variant.matrix,
    work,
    reads: paths.reads.map((read) => read.value),
    writes: paths.writes.map((write) => write.value),
    metrics: placed(step.metrics),
    plots: placed(step.plots),
    params: step.params.map((param) => param.value),
    env,
    condition: step.condition,
    ...running,
    folds,
    group,
    late: filling.isLate,
  };
  return { of: step.name, planned, paths, problems: [...new Set(filling.problems)] };
}

/** What expressions in it came to is looked at when it is carried out. */
function foldsIn({ folds }: StepModel, filling: Filling): PlannedStep['folds'] {
  if (!folds) return null;
  const filled = filling.note(fillObject(folds.settings, filling.lookup));
  return { ...(filled as FoldSettings), data: normalPath(toText(filled.data ?? '')) };
}

function groupIn(matrix: MatrixModel, lookup: Lookup, filling: Filling): PlannedStep['group'] {
  const { group, problems } = groupOf(matrix, lookup);
  return filling.note({ value: group, problems });
}

const pathsAt = (places: readonly Located<string>[], filling: (raw: string) => JsonValue): string[] =>
  places.flatMap(({ value }) => [filling(value)].flat().map((one) => normalPath(toText(one))));

/** The variables that the file gives a step, each as an expression would find it. */
function environmentOf(raw: Readonly<Record<string, string>>, filling: Filling): Record<string, string> {
  const found = Object.entries(raw).map(([name, written]) => {
    const answer = filling.lookup(['env', name]);
    if ('value' in answer) return [name, toText(answer.value)] as const;
    filling.note({
      value: null,
      problems: answer.late ? [] : [answer.problem],
      late: answer.late ? answer.problem : null,
    });
    return [name, answer.late ? written : ''] as const;
  });
  return Object.fromEntries(found);
}

/** What is late cannot be wrong yet. */
function runningIn(said: JsonObject, filling: Filling) {
  const filled = Object.entries(said).map(
    ([key, value]) => [key, fillObject({ [key]: value }, filling.lookup)] as const,
  );
  for (const [, one] of filled) filling.note(one);
  const known = filled.filter(([, { late, problems }]) => late === null && problems.length === 0);
  const { running, problems } = runningOf(Object.assign({}, ...known.map(([, { value }]) => value)));
  filling.problems.push(...problems);
  return running;
}

function workOf(step: StepModel, settings: JsonObject, text: (raw: string) => string): PlannedStep['work'] | null {
  if (step.uses) return isBuiltInStep(step.uses.value) ? { kind: 'uses', uses: step.uses.value, with: settings } : null;
  return step.run ? { kind: 'run', command: text(step.run.value) } : null;
}

/** Whether it holds is seen when it is the step's turn; what it can never find is wrong now. */
function noteCondition(condition: string | null, filling: Filling): void {
  for (const { node, problems } of condition === null ? [] : partsOfCondition(condition)) {
    filling.problems.push(...problems.map(({ message }) => message));
    if (problems.length > 0) continue;
    filling.problems.push(...problemsIn(node, filling.lookup));
    if (isLate(node, filling.lookup)) filling.isLate = true;
  }
}

/** Status functions are no results: they are known of any step. */
function isLate(node: ExpressionNode, lookup: Lookup): boolean {
  return referencesOf(node).some(({ path }) => 'late' in lookup(path));
}

/** An expression that is late ends at the first name that is: what else is in it is looked at here. */
function problemsWithin(step: StepModel, lookup: Lookup): string[] {
  return textsOfStep(step)
    .flatMap(expressionsIn)
    .flatMap(({ node }) => {
      const answer = evaluate(node, lookup);
      return 'late' in answer ? problemsIn(node, lookup) : [];
    });
}

/** Of names that nothing stands in for, and of calls. */
function problemsIn(node: ExpressionNode, lookup: Lookup): string[] {
  const calls = callProblemsOf(node).map(({ message }) => message);
  const names = referencesOf(node).flatMap(({ path, open, hasDefault }) => {
    if (hasDefault || (open && (path[0] !== 'steps' || path.length < 3))) return [];
    const answer = lookup(path);
    return 'problem' in answer && !answer.late ? [answer.problem] : [];
  });
  return [...calls, ...names];
}
