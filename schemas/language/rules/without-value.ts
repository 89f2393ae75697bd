import { byBlock } from '../blocks.ts';
import { expressionsByStep } from '../check/expressions-by-step.ts';
import type { PlacedExpression } from '../check/placed-expressions.ts';
import { matrixOf } from '../check/step-matrix.ts';
import type { FileView } from '../check/view.ts';
import { knowsAllOf, stepEntries } from '../check/view.ts';
import { wholeOf } from '../check/whole.ts';
import type { Finding } from '../diagnostic.ts';
import type { ExpressionNode } from '../expressions/ast.ts';
import { childrenOf } from '../expressions/ast.ts';
import { callProblemsOf } from '../expressions/calls.ts';
import type { Answer, Lookup } from '../expressions/evaluate.ts';
import { evaluate } from '../expressions/evaluate.ts';
import type { ReferencePath } from '../expressions/references.ts';
import { laterCallsOf } from '../expressions/references.ts';
import { toText } from '../expressions/values.ts';
import { HOLDS_NUL } from '../grammar/formats.ts';
import { settingsShape } from '../grammar/settings.ts';
import type { Shape } from '../grammar/shape.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { StepModel } from '../model.ts';
import { written } from '../plan/answers.ts';
import { TOO_DEEP } from '../plan/made-once.ts';
import { SAY_WHICH } from '../plan/of-steps.ts';
import { Scope } from '../plan/scope.ts';
import { remembered } from '../remembered.ts';
import type { Entry } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';

/**
 * Expressions whose names all lead somewhere and that come to nothing all the same: a param that is no JSON for `fromJSON`, a value of
 * values over too many levels. Whoever plans the steps would be refused.
 */
export function withoutValue(view: FileView): Finding[] {
  const { model, params } = wholeOf(view);
  const mayBringNul = params !== null && holdsNul(params);
  const filled = filledIn(view.expressions);
  const tried = mayBringNul ? filled : failingIn(filled, view);
  if (tried.length === 0) return [];
  const scope = new Scope(model, params ? { params } : {});
  const steps = new Map(model.steps.map((step) => [step.name, step]));
  const owners = expressionsByStep(stepEntries(view), tried);
  const owner = new Map([...owners].flatMap(([entry, own]) => own.map((one) => [one, entry] as const)));
  return tried.flatMap((one) => {
    const entry = owner.get(one);
    return inEachVariant(lookupsOf(one, steps.get(entry?.key ?? ''), scope), (lookup) =>
      describe(one, lookup, entry, view),
    );
  });
}

const filledIn = byBlock((expressions: readonly PlacedExpression[]) =>
  expressions.filter(({ use, part }) => use !== 'none' && part.problems.length === 0),
);

/** Where a matrix stands as it is, its own rule knows its keys. */
const failingIn = (expressions: readonly PlacedExpression[], view: FileView): readonly PlacedExpression[] =>
  madeMatricesIn(stepEntries(view)).length > 0 ? failingOrOfMatrix(expressions) : failing(expressions);

const failing = byBlock((expressions: readonly PlacedExpression[]) =>
  expressions.filter(({ part }) => mayFail(part.node)),
);

const failingOrOfMatrix = byBlock((expressions: readonly PlacedExpression[]) =>
  expressions.filter(
    ({ part, references }) => mayFail(part.node) || references.some(({ path: [context] }) => context === 'matrix'),
  ),
);

const madeMatricesIn = byBlock((steps: readonly Entry[]) => steps.filter((step) => !isToldOfMatrix(step)));

/** One for each variant, where these may differ. Within a matrix there are none yet. */
function lookupsOf({ use, references }: PlacedExpression, step: StepModel | undefined, scope: Scope): Lookup[] {
  if (!step) return [scope.of({ name: '', env: {} })];
  const found = scope.variantsOf(step);
  const depends = references.some(({ path: [context] }) => context === 'matrix' || context === 'env');
  if ('problem' in found || (use === 'later' && !depends)) return [scope.of(step)];
  return (depends ? found.variants : found.variants.slice(0, 1)).map((variant) => scope.of(step, variant));
}

function inEachVariant(lookups: readonly Lookup[], look: (lookup: Lookup) => Finding[]): Finding[] {
  for (const lookup of lookups) {
    const found = look(lookup);
    if (found.length > 0) return found;
  }
  return [];
}

function describe(one: PlacedExpression, lookup: Lookup, step: Entry | undefined, view: FileView): Finding[] {
  const { node } = one.part;
  if (callProblemsOf(node).length > 0) return [];
  let isTold = false;
  const noting = (path: ReferencePath): Answer => {
    const found = lookup(path);
    if ('problem' in found && !found.late && !isOurs(path, found.problem, one, step, view)) isTold = true;
    return found;
  };
  // of what only a run can tell, the names are looked at
  const answer = laterCallsOf(node).length > 0 ? LATE : evaluate(node, noting);
  const problem = 'late' in answer ? problemOfNames(one, noting) : 'problem' in answer ? answer.problem : null;
  const nul = 'value' in answer && hasNul(answer.value) && !isSetting(one, step) ? HOLDS_NUL : null;
  const message = problem ?? nul;
  return message !== null && !isTold ? [{ range: view.lines.range(one.spanOf(node.span)), message }] : [];
}

const LATE: Answer = { problem: '', late: true };

function problemOfNames({ references }: PlacedExpression, lookup: Lookup): string | null {
  for (const { path, open, hasDefault } of references) {
    const answer = hasDefault || open ? LATE : lookup(path);
    if ('problem' in answer && !answer.late) return answer.problem;
  }
  return null;
}

/**
 * A name that leads nowhere is told by its own rule, or is known only to the machine that runs it; but not one that is worked out:
 * `steps.a.outs[params.n]`.
 */
function isOurs(
  path: ReferencePath,
  problem: string,
  { part: { node } }: PlacedExpression,
  step: Entry | undefined,
  view: FileView,
): boolean {
  if (problem.endsWith(TOO_DEEP) || problem.endsWith(SAY_WHICH)) return true;
  const [context] = path;
  if (context === 'matrix') return !isToldOfMatrix(step);
  const isKnown =
    context === 'steps' ? knowsAllOf(view, 'steps') : context === 'params' && wholeOf(view).params !== null;
  return isKnown && isWorkedOut(node) && problem.includes(`\`${written(path)}\``);
}

/** Of a matrix that stands there as it is, its own rule knows the keys; what several steps share belongs to none. */
function isToldOfMatrix(step: Entry | undefined): boolean {
  const matrix = step ? matrixOf(step) : 'none';
  return matrix === 'none' || (matrix?.keys ?? null) !== null;
}

const isWorkedOut = remembered(
  (node: ExpressionNode): boolean =>
    (node.kind === 'property' && node.index.kind !== 'literal') || childrenOf(node).some(isWorkedOut),
);

const hasNul = (value: JsonValue): boolean => toText(value).includes('\0');
const holdsNul = remembered((params: JsonObject) => JSON.stringify(params).includes('\\u0000'));

const ANY: Shape = {};

/** Settings of a built-in step are handed over as JSON, which has a word for every character; but some are paths. */
function isSetting({ base }: PlacedExpression, step: Entry | undefined): boolean {
  const settings = findEntry(step?.value, 'with')?.value;
  const entries = settings?.kind === 'map' ? settings.entries : [];
  const entry = entries.find(({ span }) => span[0] <= base && base < span[1]);
  const { properties } = settingsShape(ANY, step?.value ?? null);
  return entry !== undefined && properties?.[entry.key]?.path === undefined;
}

/** Most expressions name a param or a variable, and no more. */
const mayFail = remembered((node: ExpressionNode): boolean => {
  if (node.kind === 'context') return node.name === 'steps';
  return node.kind === 'call' || isWorkedOut(node) || childrenOf(node).some(mayFail);
});
