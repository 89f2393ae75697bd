import type { PlacedExpression } from '../check/placed-expressions.ts';
import type { Finding } from '../diagnostic.ts';
import { CONTEXTS, LATER_CONTEXTS } from '../scope.ts';
import { closest } from '../suggest.ts';
import type { Rule } from './rule.ts';
import { quotedList } from './words.ts';

const KNOWN: readonly string[] = [...CONTEXTS, ...LATER_CONTEXTS];

export const expression: Rule = {
  code: 'CRISOL125',
  severity: 'error',
  title: 'Expression not understood',
  check: ({ expressions }) => expressions.flatMap(describe),
};

function describe({ part, range, filled }: PlacedExpression): Finding[] {
  if (!filled) return [];
  if (part.kind === 'broken') return [{ range, message: part.problem }];
  const [context = ''] = part.kind === 'reference' ? part.path : [];
  if (part.kind === 'formula' || KNOWN.includes(String(context))) return [];
  const meant = closest(String(context), CONTEXTS);
  const contexts = quotedList(CONTEXTS.map((name) => `${name}.…`));
  const advice = meant ? `did you mean \`${meant}\`?` : `begin with ${contexts}.`;
  return [{ range, message: `An expression knows no \`${context}\`: ${advice}` }];
}
