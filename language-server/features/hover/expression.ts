import type { PlacedExpression } from '../../../schemas/language/check/placed-expressions.ts';
import type { ExpressionNode } from '../../../schemas/language/expressions/ast.ts';
import { childrenOf } from '../../../schemas/language/expressions/ast.ts';
import { evaluate } from '../../../schemas/language/expressions/evaluate.ts';
import { functionNamed, signatureOf } from '../../../schemas/language/expressions/functions.ts';
import type { ReferencePath } from '../../../schemas/language/expressions/references.ts';
import type { JsonValue } from '../../../schemas/language/json.ts';
import type { LiveValues } from '../../../schemas/language/live.ts';
import { written } from '../../../schemas/language/plan/answers.ts';
import { scopeOf } from '../../../schemas/language/plan/scope.ts';
import { listed } from '../../../schemas/language/suggest.ts';
import { moved, touches } from '../../documents/spans.ts';
import { stepAround } from '../../documents/steps.ts';
import type { Analysis } from '../../projects/analysis.ts';
import { filesOfParam, modelOf } from '../../projects/whole.ts';
import { paragraphs } from '../describe.ts';
import type { KnownName } from '../expression-names.ts';
import { nameAtPath } from '../expression-names.ts';
import { code, codeBlock } from '../markdown.ts';
import { paramResults } from './results.ts';
import type { Told } from './told.ts';

/** Longer values are a matter for the file itself. */
const LONGEST = 600;

/** About the name or function at a place within `${{ … }}`; undefined where there is no expression at all. */
export function hoverExpression(analysis: Analysis, offset: number, live: LiveValues | null): Told | null | undefined {
  const placed = analysis.expressions.find(({ part, base }) => touches(moved(part.span, base), offset));
  if (!placed) return undefined;
  const name = aboutName(analysis, placed, offset, live);
  return aboutCall(placed, offset) ?? name ?? aboutWhole(analysis, placed, offset);
}

/** Between its names: what all of it comes to, as far as the file tells. */
function aboutWhole(analysis: Analysis, { part, base, references }: PlacedExpression, offset: number): Told | null {
  const step = stepAround(analysis, offset);
  if (!step || part.problems.length > 0) return null;
  const span = moved(part.span, base);
  const isInName = references.some((reference) => touches(moved(reference.span, base), offset));
  const answer = isInName ? { problem: '' } : evaluate(part.node, scopeOf(modelOf(analysis), {}, step));
  return 'value' in answer ? { text: paragraphs('**comes to**', valueBlock(answer.value)), span } : null;
}

function aboutCall({ part, base }: PlacedExpression, offset: number): Told | null {
  const call = callsIn(part.node).find(({ nameSpan }) => touches(moved(nameSpan, base), offset));
  const known = call && functionNamed(call.name);
  if (!call || !known) return null;
  const parameters = known.parameters.map(({ name, description }) => `- \`${name}\`: ${description}`);
  const text = paragraphs(codeBlock('', signatureOf(known.name, known)), known.description, parameters.join('\n'));
  return { text, span: moved(call.nameSpan, base) };
}

function callsIn(node: ExpressionNode): Extract<ExpressionNode, { kind: 'call' }>[] {
  return [...(node.kind === 'call' ? [node] : []), ...childrenOf(node).flatMap(callsIn)];
}

function aboutName(
  analysis: Analysis,
  { references, base }: PlacedExpression,
  offset: number,
  live: LiveValues | null,
): Told | null {
  for (const { path, spans } of references) {
    const at = spans.findIndex((span) => touches(moved(span, base), offset));
    const span = spans[at];
    if (!span) continue;
    const whole = path.slice(0, at + 1);
    const known = nameAtPath(modelOf(analysis), whole, stepAround(analysis, offset));
    if (!known) return null;
    const param = whole[0] === 'params' && whole.length > 1 ? whole.slice(1).join('.') : null;
    const results = param === null ? null : paramResults(param, analysis, live);
    const files = param === null ? [] : filesOfParam(analysis, param);
    const origin = files.length > 0 ? `From ${listed(files.map((file) => code(file)))}.` : undefined;
    return { text: paragraphs(describe(whole, known), origin, results ?? undefined), span: moved(span, base) };
  }
  return null;
}

function describe(path: ReferencePath, { value, detail }: KnownName): string {
  const heading = `**${code(written(path))}**`;
  if (value === undefined) return paragraphs(heading, detail);
  return paragraphs(heading, valueBlock(value));
}

const valueBlock = (value: JsonValue): string => codeBlock('yaml', shown(value));

function shown(value: JsonValue): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
