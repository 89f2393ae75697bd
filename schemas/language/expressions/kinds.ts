import type { JsonValue } from '../json.ts';
import type { ExpressionNode } from './ast.ts';
import { functionNamed } from './functions.ts';
import { referencesOf } from './references.ts';
import { isEqual, toNumber } from './values.ts';

/** What a value surely is, as far as that is known before anything runs. */
export type Kind = { kind: 'boolean' | 'number' } | { kind: 'values'; values: readonly JsonValue[] } | null;

/** The values that a name may have: those of a matrix. */
export type KnownValues = (name: ExpressionNode) => readonly JsonValue[] | null;

export function kindOf(node: ExpressionNode, known: KnownValues): Kind {
  switch (node.kind) {
    case 'literal':
      return { kind: 'values', values: [node.value] };
    case 'not':
      return { kind: 'boolean' };
    case 'binary':
      return node.operator === '&&' || node.operator === '||' ? null : { kind: 'boolean' };
    case 'call':
      return functionNamed(node.name)?.gives === 'boolean' ? { kind: 'boolean' } : null;
    case 'property': {
      const values = known(node);
      if (values) return { kind: 'values', values };
      if (isStatus(node)) return { kind: 'values', values: STATES };
      return isMetric(node) ? { kind: 'number' } : null;
    }
    default:
      return null;
  }
}

/** `steps.evaluate.metrics.f1` is a number whatever it is, and so is `metrics.test.f1`. */
function isMetric(node: ExpressionNode): boolean {
  const [reference] = referencesOf(node);
  const [context, , ...rest] = reference?.path ?? [];
  const [field, metric] = rest[0] === 'best' ? rest.slice(1) : rest;
  return context === 'steps' && field === 'metrics' && metric !== undefined;
}

/** How a step ends. */
export const STATES = ['succeeded', 'failed', 'cancelled', 'skipped'] as const;

/** `steps.train.status` */
export function isStatus(node: ExpressionNode): boolean {
  const path = node.kind === 'property' ? referencesOf(node)[0]?.path : undefined;
  return path?.[0] === 'steps' && path[2] === 'status' && path.length === 3;
}

/** Values of these two kinds are never equal, nor is one of them less. */
export function neverEqual(one: Kind, other: Kind): boolean {
  if (!one || !other) return false;
  if (one.kind === 'values' && other.kind === 'values') {
    return !one.values.some((left) => other.values.some((right) => isEqual(left, right)));
  }
  if (one.kind === 'values') return neverEqual(other, one);
  if (other.kind !== 'values') return false;
  const possible = one.kind === 'boolean' ? [true, false] : null;
  return other.values.every((value) =>
    possible ? !possible.some((left) => isEqual(left, value)) : value !== null && Number.isNaN(toNumber(value)),
  );
}
