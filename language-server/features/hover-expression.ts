import type { PlacedExpression } from '../../schemas/language/check/placed-expressions.ts';
import type { ExpressionNode } from '../../schemas/language/expressions/ast.ts';
import { childrenOf } from '../../schemas/language/expressions/ast.ts';
import { functionNamed, signatureOf } from '../../schemas/language/expressions/functions.ts';
import type { ReferencePath } from '../../schemas/language/expressions/references.ts';
import type { JsonValue } from '../../schemas/language/json.ts';
import type { Span } from '../../schemas/language/positions.ts';
import { written } from '../../schemas/language/scope.ts';
import type { Analysis } from '../documents/analysis.ts';
import { moved, touches } from '../documents/spans.ts';
import { stepAround } from '../documents/step-around.ts';
import { paragraphs } from './describe.ts';
import type { KnownName } from './expression-names.ts';
import { nameAtPath } from './expression-names.ts';

export interface Told {
  text: string;
  span: Span;
}

/** Longer values are a matter for the file itself. */
const LONGEST = 600;

/** About the name or function at a place within `${{ … }}`; undefined where there is no expression at all. */
export function hoverExpression(analysis: Analysis, offset: number): Told | null | undefined {
  const placed = analysis.expressions.find(({ part, base }) => touches(moved(part.span, base), offset));
  if (!placed) return undefined;
  return aboutCall(placed, offset) ?? aboutName(analysis, placed, offset);
}

function aboutCall({ part, base }: PlacedExpression, offset: number): Told | null {
  const call = callsIn(part.node).find(({ nameSpan }) => touches(moved(nameSpan, base), offset));
  const known = call && functionNamed(call.name);
  if (!call || !known) return null;
  const parameters = known.parameters.map(({ name, description }) => `- \`${name}\`: ${description}`);
  const text = paragraphs(
    `\`\`\`\n${signatureOf(known.name, known)}\n\`\`\``,
    known.description,
    parameters.join('\n'),
  );
  return { text, span: moved(call.nameSpan, base) };
}

function callsIn(node: ExpressionNode): Extract<ExpressionNode, { kind: 'call' }>[] {
  return [...(node.kind === 'call' ? [node] : []), ...childrenOf(node).flatMap(callsIn)];
}

function aboutName(analysis: Analysis, { references, base }: PlacedExpression, offset: number): Told | null {
  for (const { path, spans } of references) {
    const at = spans.findIndex((span) => touches(moved(span, base), offset));
    const span = spans[at];
    if (!span) continue;
    const whole = path.slice(0, at + 1);
    const known = nameAtPath(analysis.model, whole, stepAround(analysis, offset));
    return known ? { text: describe(whole, known), span: moved(span, base) } : null;
  }
  return null;
}

function describe(path: ReferencePath, { value, detail }: KnownName): string {
  const heading = `**\`${written(path)}\`**`;
  if (value === undefined) return paragraphs(heading, detail);
  return paragraphs(heading, `\`\`\`yaml\n${shown(value)}\n\`\`\``);
}

function shown(value: JsonValue): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
