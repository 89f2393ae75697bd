import type { JsonValue } from '../json.ts';
import type { ExpressionNode } from './ast.ts';
import type { NamedFunction } from './functions.ts';
import { arityProblem, functionNamed } from './functions.ts';
import type { ReferencePath } from './references.ts';
import { isEqual, isLess, isTrue } from './values.ts';

/** `late`: nothing is wrong, but it is known only once other steps have run. */
export type Answer = { value: JsonValue } | { problem: string; late?: true };

export interface Lookup {
  (path: ReferencePath): Answer;
  /**
   * Values may be marks that stand for others. They are carried as they are, and a decision is made on what they stand
   * for.
   */
  reveal?: ((text: string) => string) | undefined;
  /** functions whose answer only running tells */
  later?: (name: string, args: readonly JsonValue[]) => Answer;
}

/** The very same where there is no mark: lists and maps are equal to themselves alone. */
function revealed(value: JsonValue, { reveal }: Pick<Lookup, 'reveal'>): JsonValue {
  if (!reveal || !holdsMark(value, reveal)) return value;
  if (typeof value === 'string') return reveal(value);
  return Array.isArray(value) ? value.map((item) => revealed(item, { reveal })) : value;
}

function holdsMark(value: JsonValue, reveal: (text: string) => string): boolean {
  if (typeof value === 'string') return reveal(value) !== value;
  return typeof value === 'object' && value !== null && Object.values(value).some((item) => holdsMark(item, reveal));
}

/** What the expression comes to, or why it comes to nothing. */
export function evaluate(node: ExpressionNode, lookup: Lookup): Answer {
  try {
    return { value: resultOf(node, lookup) };
  } catch (thrown) {
    if (thrown instanceof NoValue) return thrown.answer;
    throw thrown;
  }
}

class NoValue extends Error {
  readonly answer: Extract<Answer, { problem: string }>;

  constructor(problem: string, late = false) {
    super(problem);
    this.answer = late ? { problem, late } : { problem };
  }
}

function valueIn(answer: Answer): JsonValue {
  if ('problem' in answer) throw new NoValue(answer.problem, answer.late);
  return answer.value;
}

function resultOf(node: ExpressionNode, lookup: Lookup): JsonValue {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'context':
    case 'property':
    case 'all':
      return reach(node, lookup);
    case 'call':
      return call(node, lookup);
    case 'not':
      return !isTrue(revealed(resultOf(node.of, lookup), lookup));
    case 'binary':
      return binary(node, lookup);
    case 'missing':
      throw new NoValue('A part of the expression is missing.');
  }
}

/** The values that a `*` found: what follows is taken of each. */
class Found {
  readonly values: JsonValue[];

  constructor(values: JsonValue[]) {
    this.values = values;
  }
}

function reach(node: ExpressionNode, lookup: Lookup): JsonValue {
  const path = pathOf(node, lookup);
  if (path) return valueIn(lookup(path));
  const found = follow(node, lookup);
  return found instanceof Found ? found.values : found;
}

/** The whole name, indexes worked out; null where it holds a `*` or begins with no name. */
function pathOf(node: ExpressionNode, lookup: Lookup): (string | number)[] | null {
  if (node.kind === 'context') return [node.name];
  if (node.kind !== 'property') return null;
  const path = pathOf(node.of, lookup);
  return path && [...path, indexOf(node.index, lookup)];
}

function indexOf(index: ExpressionNode, lookup: Lookup): string | number {
  const value = revealed(resultOf(index, lookup), lookup);
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new NoValue('Between `[ ]` stands a name or a number.');
}

function follow(node: ExpressionNode, lookup: Lookup): JsonValue | Found {
  if (node.kind === 'all') {
    const of = pathOf(node.of, lookup) ? reach(node.of, lookup) : follow(node.of, lookup);
    return new Found(of instanceof Found ? of.values.flatMap(itemsOf) : itemsOf(of));
  }
  if (node.kind !== 'property') return resultOf(node, lookup);
  const of = follow(node.of, lookup);
  const index = indexOf(node.index, lookup);
  if (!(of instanceof Found)) return childOf(of, index) ?? null;
  return new Found(of.values.flatMap((value) => childOf(value, index) ?? []));
}

function itemsOf(value: JsonValue): JsonValue[] {
  if (Array.isArray(value)) return value;
  return value !== null && typeof value === 'object' ? Object.values(value) : [];
}

function childOf(value: JsonValue, index: string | number): JsonValue | undefined {
  if (Array.isArray(value)) return typeof index === 'number' ? value[index] : undefined;
  if (value === null || typeof value !== 'object') return undefined;
  return Object.hasOwn(value, String(index)) ? value[String(index)] : undefined;
}

/** `undefined` where the path leads nowhere. */
export function valueAt(root: JsonValue, path: ReferencePath): JsonValue | undefined {
  let current: JsonValue | undefined = root;
  for (const part of path) {
    if (current === undefined) return undefined;
    current = childOf(current, part);
  }
  return current;
}

function call({ name, args }: Extract<ExpressionNode, { kind: 'call' }>, lookup: Lookup): JsonValue {
  const known = functionNamed(name);
  if (!known) throw new NoValue(`There is no function \`${name}\`.`);
  const { apply } = known;
  if (!apply && !lookup.later) throw new NoValue(`\`${known.name}()\` is known only while the pipeline runs.`);
  const wrongNumber = arityProblem(known, args.length);
  if (wrongNumber !== null) throw new NoValue(wrongNumber);
  const values = args.map((arg) => argumentOf(arg, known, lookup));
  if (!apply) return valueIn(lookup.later?.(known.name, values) ?? { problem: '' });
  try {
    return apply(values);
  } catch (thrown) {
    throw new NoValue(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function argumentOf(arg: ExpressionNode, { name, gives, opens }: NamedFunction, lookup: Lookup): JsonValue {
  const value = resultOf(arg, lookup);
  if (opens && lookup.reveal && holdsMark(value, lookup.reveal)) {
    throw new NoValue(`\`${name}\` cannot be given what the environment holds: let the command read it.`);
  }
  return gives === 'boolean' ? revealed(value, lookup) : value;
}

function binary(node: Extract<ExpressionNode, { kind: 'binary' }>, lookup: Lookup): JsonValue {
  const { operator, left, right } = node;
  if (operator === '||') {
    // a name that is not there is a mistake elsewhere; here something stands in for it
    const first = evaluate(left, lookup);
    if ('late' in first) return valueIn(first);
    return 'value' in first && isTrue(revealed(first.value, lookup)) ? first.value : resultOf(right, lookup);
  }
  const one = resultOf(left, lookup);
  if (operator === '&&') return isTrue(revealed(one, lookup)) ? resultOf(right, lookup) : one;
  return compare(operator, revealed(one, lookup), revealed(resultOf(right, lookup), lookup));
}

function compare(operator: '<' | '<=' | '>' | '>=' | '==' | '!=', one: JsonValue, other: JsonValue): boolean {
  switch (operator) {
    case '==':
      return isEqual(one, other);
    case '!=':
      return !isEqual(one, other);
    case '<':
      return isLess(one, other);
    case '>':
      return isLess(other, one);
    case '<=':
      return isLess(one, other) || isEqual(one, other);
    case '>=':
      return isLess(other, one) || isEqual(one, other);
  }
}
