import type { JsonValue } from '../json.ts';
import type { Span } from '../positions.ts';

export type Operator = '!' | '<' | '<=' | '>' | '>=' | '==' | '!=' | '&&' | '||';

/** One expression between `${{` and `}}`. Spans count in the text that holds it. */
export type ExpressionNode =
  | { kind: 'literal'; value: JsonValue; span: Span }
  /** the first name of a reference: `params`, `steps` */
  | { kind: 'context'; name: string; span: Span }
  /** `.name` or `[index]`; `nameSpan` is the name alone, without quotes */
  | { kind: 'property'; of: ExpressionNode; index: ExpressionNode; nameSpan: Span; span: Span }
  /** `.*` or `[*]` */
  | { kind: 'all'; of: ExpressionNode; span: Span }
  | { kind: 'call'; name: string; nameSpan: Span; args: ExpressionNode[]; span: Span }
  | { kind: 'not'; of: ExpressionNode; span: Span }
  | {
      kind: 'binary';
      operator: Exclude<Operator, '!'>;
      left: ExpressionNode;
      right: ExpressionNode;
      span: Span;
    }
  /** where something should stand and nothing does */
  | { kind: 'missing'; span: Span };

export interface ExpressionProblem {
  span: Span;
  message: string;
}

/** What an expression is made of, each part once. */
export function childrenOf(node: ExpressionNode): ExpressionNode[] {
  switch (node.kind) {
    case 'property':
      return [node.of, node.index];
    case 'all':
    case 'not':
      return [node.of];
    case 'call':
      return node.args;
    case 'binary':
      return [node.left, node.right];
    default:
      return [];
  }
}
