import type { JsonValue } from '../json.ts';
import type { ExpressionNode } from './ast.ts';
import { childrenOf } from './ast.ts';
import { evaluate } from './evaluate.ts';
import { functionNamed } from './functions.ts';
import { isTrue } from './values.ts';

/** What an expression comes to whatever is looked up; null where that depends on a name, or on how the run goes. */
export function constantOf(node: ExpressionNode): { value: JsonValue } | null {
  if (node.kind === 'binary' && (node.operator === '&&' || node.operator === '||')) {
    const left = constantOf(node.left);
    if (!left) return null;
    return isTrue(left.value) === (node.operator === '&&') ? constantOf(node.right) : left;
  }
  if (!isFixed(node)) return null;
  const answer = evaluate(node, () => ({ problem: '' }));
  return 'value' in answer ? answer : null;
}

function isFixed(node: ExpressionNode): boolean {
  if (node.kind === 'context' || node.kind === 'missing') return false;
  if (node.kind === 'call' && !functionNamed(node.name)?.apply) return false;
  return childrenOf(node).every(isFixed);
}

/** Whether a condition holds whatever happens, or never; null where it depends. */
export function truthOf(node: ExpressionNode): boolean | null {
  const constant = constantOf(node);
  if (constant) return isTrue(constant.value);
  if (node.kind === 'not') {
    const of = truthOf(node.of);
    return of === null ? null : !of;
  }
  return node.kind === 'binary' ? truthOfBinary(node) : null;
}

/** One side alone may settle it. */
function truthOfBinary({ operator, left, right }: Extract<ExpressionNode, { kind: 'binary' }>): boolean | null {
  if (operator !== '&&' && operator !== '||') return null;
  const sides = [truthOf(left), truthOf(right)];
  const settles = operator === '||';
  if (sides.includes(settles)) return settles;
  return sides.includes(null) ? null : !settles;
}
