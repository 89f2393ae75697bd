import { byBlock } from '../blocks.ts';
import type { Condition } from '../check/conditions.ts';
import { conditionsOf } from '../check/conditions.ts';
import { expressionsByStep } from '../check/expressions-by-step.ts';
import type { PlacedExpression } from '../check/placed-expressions.ts';
import { matrixOf } from '../check/step-matrix.ts';
import type { FileView } from '../check/view.ts';
import { stepEntries } from '../check/view.ts';
import type { Finding, Fix } from '../diagnostic.ts';
import type { ExpressionNode } from '../expressions/ast.ts';
import { childrenOf } from '../expressions/ast.ts';
import { constantOf } from '../expressions/constants.ts';
import type { Kind, KnownValues } from '../expressions/kinds.ts';
import { isStatus, kindOf, neverEqual, STATES } from '../expressions/kinds.ts';
import { referencesOf } from '../expressions/references.ts';
import { parseCondition } from '../expressions/template.ts';
import { isTrue, toText } from '../expressions/values.ts';
import type { JsonValue } from '../json.ts';
import { expandMatrix, MOST_COMBINATIONS, sizeOfProduct } from '../plan/matrix.ts';
import type { Range, Span } from '../positions.ts';
import type { Entry } from '../syntax/tree.ts';
import { writtenSpan } from '../syntax/written.ts';
import { replacement } from './fixes.ts';
import type { Rule } from './rule.ts';
import { quotedList } from './words.ts';

type Binary = Extract<ExpressionNode, { kind: 'binary' }>;

/** What stands in an expression and cannot change what it comes to. */
export const constantCondition: Rule = {
  code: 'CRISOL144',
  severity: 'warning',
  title: 'Condition that never changes',
  check: (view) => [...withinExpressions(view), ...conditionsOf(view).flatMap((one) => wholeCondition(one, view))],
};

function withinExpressions(view: FileView): Finding[] {
  const weighed = weighedIn(view.expressions);
  if (weighed.length === 0) return [];
  const owners = expressionsByStep(stepEntries(view), weighed);
  const owner = new Map([...owners].flatMap(([step, own]) => own.map((one) => [one, step] as const)));
  return weighed.flatMap((one) => findingsIn(one.part.node, placeOf(one, valuesOf(owner.get(one)), view)));
}

/** `if: ${{ a }} && b` is a text that is not empty; so is `'false'`. */
function wholeCondition({ value, whole }: Condition, { lines, text }: FileView): Finding[] {
  const range = lines.range(value.span);
  if (typeof whole === 'boolean') return [];
  if (whole) {
    const constant = constantOf(whole);
    if (typeof constant?.value !== 'string' || !isTrue(constant.value)) return [];
    return [
      { range, message: 'A text counts as true, so this always holds: write `true`, `false` or what it depends on.' },
    ];
  }
  const plain = String(value.value)
    .replaceAll(/\$\{\{\s*|\s*\}\}/g, '')
    .trim();
  const written = writtenSpan(value, text);
  const isMended = written !== null && parseCondition(plain)?.problems.length === 0;
  const message = 'With text beside the braces this is always a text, which counts as true: leave the braces out.';
  return [{ range, message, fixes: isMended ? [replacement(lines.range(written), plain)] : undefined }];
}

/** Most expressions only name something. */
const weighedIn = byBlock((expressions: readonly PlacedExpression[]) =>
  expressions.filter(({ part, use }) => use !== 'none' && part.problems.length === 0 && isWeighed(part.node)),
);

const isWeighed = (node: ExpressionNode): boolean =>
  node.kind === 'binary' || node.kind === 'not' || childrenOf(node).some(isWeighed);

interface Place {
  rangeOf(span: Span): Range;
  known: KnownValues;
}

const placeOf = (one: PlacedExpression, known: KnownValues, { lines }: FileView): Place => ({
  rangeOf: (span) => lines.range(one.spanOf(span)),
  known,
});

function findingsIn(node: ExpressionNode, place: Place): Finding[] {
  const own = node.kind === 'binary' ? binary(node, place) : node.kind === 'not' ? negation(node, place) : [];
  return own.length > 0 ? own : childrenOf(node).flatMap((child) => findingsIn(child, place));
}

function negation(node: Extract<ExpressionNode, { kind: 'not' }>, { rangeOf }: Place): Finding[] {
  const constant = constantOf(node);
  if (!constant) return [];
  return [
    {
      range: rangeOf(node.span),
      message: `This is always \`${toText(constant.value)}\`: name what it depends on.`,
    },
  ];
}

function binary(node: Binary, place: Place): Finding[] {
  if (node.operator === '&&' || node.operator === '||') return [...idleSide(node, place), ...emptyMiddle(node, place)];
  return comparison(node, place);
}

/** `true && x` is `x`, and of `'a' || x` the `x` is never reached. */
function idleSide({ operator, left }: Binary, { rangeOf }: Place): Finding[] {
  const constant = constantOf(left);
  if (!constant) return [];
  const holds = isTrue(constant.value);
  const rest = holds === (operator === '&&') ? 'remove it' : 'what follows is never looked at';
  const written = typeof constant.value === 'string' ? `'${constant.value}'` : inWords(constant.value);
  const counts = `\`${written}\` always counts as ${holds}`;
  return [{ range: rangeOf(left.span), message: `${counts} before \`${operator}\`: ${rest}.` }];
}

/** `condition && '' || b` is always `b`: what is empty does not count. */
function emptyMiddle({ operator, left }: Binary, { rangeOf }: Place): Finding[] {
  if (operator !== '||' || left.kind !== 'binary' || left.operator !== '&&') return [];
  const middle = constantOf(left.right);
  if (!middle || isTrue(middle.value)) return [];
  const message =
    'This counts as false, so what follows `||` is taken whatever the condition: turn the condition round.';
  return [{ range: rangeOf(left.right.span), message }];
}

function comparison(node: Binary, { rangeOf, known }: Place): Finding[] {
  const { operator, left, right, span } = node;
  const range = rangeOf(span);
  const constant = constantOf(node);
  if (constant) return [{ range, message: `This is always \`${toText(constant.value)}\`: name what it depends on.` }];
  const isEquality = operator === '==' || operator === '!=';
  const [first, second] = [kindOf(left, known), kindOf(right, known)];
  // values can be less or greater than one another; what is no number cannot
  const bothListed = first?.kind === 'values' && second?.kind === 'values';
  if ((!isEquality && bothListed) || !neverEqual(first, second)) return [];
  const result = operator === '!=' ? 'always holds' : 'never holds';
  const sides = bothListed
    ? noSuchValue(left, right)
    : `one side is ${kindInWords(first)}, the other ${kindInWords(second)}`;
  return [{ range, message: `This ${result}: ${sides}.`, fixes: unquoted(right, rangeOf) }];
}

const noSuchValue = (...sides: ExpressionNode[]): string =>
  sides.some(isStatus) ? `a step ends as ${quotedList(STATES)}` : 'the matrix has no such value';

function kindInWords(kind: Kind): string {
  if (kind?.kind === 'boolean') return '`true` or `false`';
  if (kind?.kind === 'number') return 'a number';
  const [value] = kind?.kind === 'values' ? kind.values : [];
  return typeof value === 'string' ? 'a text' : `\`${inWords(value ?? null)}\``;
}

/** As text, `null` is empty. */
const inWords = (value: JsonValue): string => (value === null ? 'null' : toText(value));

/** `success() == 'true'` */
function unquoted(node: ExpressionNode, rangeOf: Place['rangeOf']): Fix[] | undefined {
  if (node.kind !== 'literal' || (node.value !== 'true' && node.value !== 'false')) return undefined;
  return [replacement(rangeOf(node.span), node.value)];
}

function valuesOf(step: Entry | undefined): KnownValues {
  const matrix = step && matrixOf(step);
  const spec = matrix && matrix !== 'none' ? matrix.spec : null;
  if (!spec || sizeOfProduct(spec) > MOST_COMBINATIONS) return () => null;
  let all: ReturnType<typeof expandMatrix> | null = null;
  return (name) => {
    const path = referencesOf(name)[0]?.path;
    if (path?.[0] !== 'matrix' || path.length !== 2) return null;
    all ??= expandMatrix(spec);
    const key = String(path[1]);
    return all.map((one): JsonValue => (Object.hasOwn(one, key) ? (one[key] ?? null) : null));
  };
}
