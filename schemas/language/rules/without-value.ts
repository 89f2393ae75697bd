import { byBlock } from '../blocks.ts';
import { expressionsByStep } from '../check/expressions-by-step.ts';
import type { PlacedExpression } from '../check/placed-expressions.ts';
import type { FileView } from '../check/view.ts';
import { knowsAllOf, stepEntries } from '../check/view.ts';
import { wholeOf } from '../check/whole.ts';
import type { Finding } from '../diagnostic.ts';
import type { ExpressionNode } from '../expressions/ast.ts';
import { childrenOf } from '../expressions/ast.ts';
import { callProblemsOf } from '../expressions/calls.ts';
import type { Lookup } from '../expressions/evaluate.ts';
import { evaluate } from '../expressions/evaluate.ts';
import type { ReferencePath } from '../expressions/references.ts';
import { laterCallsOf } from '../expressions/references.ts';
import { toText } from '../expressions/values.ts';
import { HOLDS_NUL } from '../grammar/formats.ts';
import { settingsShape } from '../grammar/settings.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { TOO_DEEP } from '../plan/made-once.ts';
import { Scope, written } from '../plan/scope.ts';
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
  const tried = mayBringNul ? filled : failingIn(filled);
  if (tried.length === 0) return [];
  const scope = new Scope(model, params ? { params } : {});
  const steps = new Map(model.steps.map((step) => [step.name, step]));
  const owners = expressionsByStep(stepEntries(view), tried);
  const owner = new Map([...owners].flatMap(([entry, own]) => own.map((one) => [one, entry] as const)));
  return tried.flatMap((one) => {
    const entry = owner.get(one);
    return describe(one, scope.of(steps.get(entry?.key ?? '') ?? { name: '', env: {} }), entry, view);
  });
}

const filledIn = byBlock((expressions: readonly PlacedExpression[]) =>
  expressions.filter(({ use, part }) => use === 'filled' && part.problems.length === 0),
);

const failingIn = byBlock((expressions: readonly PlacedExpression[]) =>
  expressions.filter(({ part }) => mayFail(part.node)),
);

function describe(one: PlacedExpression, lookup: Lookup, step: Entry | undefined, view: FileView): Finding[] {
  const { node } = one.part;
  // what only a run can tell is told, too
  if (callProblemsOf(node).length > 0 || laterCallsOf(node).length > 0) return [];
  let isTold = false;
  const answer = evaluate(node, (path) => {
    const found = lookup(path);
    if ('problem' in found && !isOurs(path, found.problem, node, view)) isTold = true;
    return found;
  });
  const nul = 'value' in answer && hasNul(answer.value) && !isSetting(one, step) ? HOLDS_NUL : null;
  const message = 'problem' in answer ? answer.problem : nul;
  return message !== null && !isTold ? [{ range: view.lines.range(one.spanOf(node.span)), message }] : [];
}

/**
 * A name that leads nowhere is told by its own rule, or is known only to the machine that runs it; but not one that is worked out:
 * `steps.a.outs[params.n]`.
 */
function isOurs(path: ReferencePath, problem: string, node: ExpressionNode, view: FileView): boolean {
  if (problem.endsWith(TOO_DEEP)) return true;
  const [context] = path;
  const isKnown =
    context === 'steps' ? knowsAllOf(view, 'steps') : context === 'params' && wholeOf(view).params !== null;
  return isKnown && isWorkedOut(node) && problem.includes(`\`${written(path)}\``);
}

const isWorkedOut = remembered(
  (node: ExpressionNode): boolean =>
    (node.kind === 'property' && node.index.kind !== 'literal') || childrenOf(node).some(isWorkedOut),
);

const hasNul = (value: JsonValue): boolean => toText(value).includes('\0');
const holdsNul = remembered((params: JsonObject) => JSON.stringify(params).includes('\\u0000'));

/** Settings of a built-in step are handed over as JSON, which has a word for every character; but some are paths. */
function isSetting({ base }: PlacedExpression, step: Entry | undefined): boolean {
  const settings = findEntry(step?.value, 'with')?.value;
  const entries = settings?.kind === 'map' ? settings.entries : [];
  const entry = entries.find(({ span }) => span[0] <= base && base < span[1]);
  const { properties } = settingsShape({}, step?.value ?? null);
  return entry !== undefined && properties?.[entry.key]?.path === undefined;
}

/** Most expressions name a param or a variable, and no more. */
const mayFail = remembered((node: ExpressionNode): boolean => {
  if (node.kind === 'context') return node.name === 'steps';
  return node.kind === 'call' || isWorkedOut(node) || childrenOf(node).some(mayFail);
});
