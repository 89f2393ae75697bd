import { byBlock } from '../blocks.ts';
import { matrixOf } from '../check/step-matrix.ts';
import type { FileView } from '../check/view.ts';
import { stepEntries } from '../check/view.ts';
import { wholeOf } from '../check/whole.ts';
import type { Finding } from '../diagnostic.ts';
import { fillObject, hasExpression, textsOf } from '../expressions/template.ts';
import type { StepModel } from '../model.ts';
import { runningOf } from '../plan/running.ts';
import { Scope } from '../plan/scope.ts';
import { groupOf, isAboutMatrix } from '../plan/variants.ts';
import { remembered } from '../remembered.ts';
import { toJson } from '../syntax/to-json.ts';
import type { Entry } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';

/** A matrix, a time or a number that an expression gives, and that is none. Whoever plans the steps would be refused. */
export function settingsWithoutValue(view: FileView): Finding[] {
  const { model, params } = wholeOf(view);
  const made = madeIn(stepEntries(view));
  if (made.length === 0) return [];
  const scope = new Scope(model, params ? { params } : {});
  const steps = new Map(model.steps.map((step) => [step.name, step]));
  return made.flatMap((entry) => {
    const step = steps.get(entry.key);
    return step ? [...matrixProblem(entry, step, scope, view), ...runningProblems(entry, step, scope, view)] : [];
  });
}

const madeIn = byBlock((steps: readonly Entry[]) => steps.filter((step) => !step.damaged && hasMade(step)));

const KEYS = ['matrix', 'retry', 'timeout', 'resources'] as const;

const hasMade = remembered((step: Entry): boolean =>
  KEYS.some((key) => {
    const entry = findEntry(step.value, key);
    return entry !== undefined && !entry.damaged && textsOf(toJson(entry.value)).some(hasExpression);
  }),
);

/** Of names that lead nowhere their own rules tell. */
function matrixProblem(entry: Entry, step: StepModel, scope: Scope, { lines }: FileView): Finding[] {
  const at = findEntry(entry.value, 'matrix');
  if (!step.matrix || !at) return [];
  const found = scope.variantsOf(step);
  const { problems } = groupOf(step.matrix, scope.of(step));
  const told = 'problem' in found && isAboutMatrix(found.problem) ? [found.problem, ...problems] : problems;
  // what stands there as it is has been told of
  return matrixOf(entry) !== 'none' && told[0] !== undefined && !isPlain(step)
    ? [{ range: lines.range(at.keySpan), message: told[0] }]
    : [];
}

const isPlain = ({ matrix }: StepModel): boolean =>
  typeof matrix?.entries !== 'string' && !matrix?.entries.some(([, value]) => textsOf(value).some(hasExpression));

function runningProblems(entry: Entry, step: StepModel, scope: Scope, { lines }: FileView): Finding[] {
  const found = scope.variantsOf(step);
  const lookups = 'variants' in found ? found.variants.map((variant) => scope.of(step, variant)) : [scope.of(step)];
  return KEYS.flatMap((key): Finding[] => {
    const at = findEntry(entry.value, key);
    const said = step.running[key];
    if (!at || said === undefined || !textsOf(said).some(hasExpression)) return [];
    for (const lookup of lookups) {
      const { value, problems, late } = fillObject({ [key]: said }, lookup);
      const [message] = problems.length === 0 && late === null ? runningOf(value).problems : [];
      if (message !== undefined) return [{ range: lines.range(at.keySpan), message }];
    }
    return [];
  });
}
