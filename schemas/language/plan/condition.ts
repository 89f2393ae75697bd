import type { ExpressionNode } from '../expressions/ast.ts';
import { laterCallsOf } from '../expressions/references.ts';
import type { ExpressionPart } from '../expressions/template.ts';
import { hasExpression, parseCondition, parseTemplate } from '../expressions/template.ts';

/** The expressions of an `if`, with braces or without. */
export function partsOfCondition(condition: string): ExpressionPart[] {
  const bare = parseCondition(condition);
  return bare ? [bare] : expressionsIn(condition);
}

export const expressionsIn = (text: string): ExpressionPart[] =>
  hasExpression(text) ? parseTemplate(text).flatMap((part) => (part.kind === 'expression' ? part : [])) : [];

const STATUS_FUNCTIONS = ['success', 'failure', 'cancelled', 'always'];

/** With `always()` and its like a condition does not ask for success besides. */
export const asksHowItWent = (node: ExpressionNode): boolean =>
  laterCallsOf(node).some((name) => STATUS_FUNCTIONS.includes(name.toLowerCase()));
