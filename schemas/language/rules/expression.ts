import type { PlacedExpression } from '../check/placed-expressions.ts';
import type { FileView } from '../check/view.ts';
import type { Finding } from '../diagnostic.ts';
import { callProblemsOf } from '../expressions/calls.ts';
import type { Reference } from '../expressions/references.ts';
import { CONTEXTS, LATER_CONTEXTS } from '../plan/scope.ts';
import type { Range, Span } from '../positions.ts';
import { closest } from '../suggest.ts';
import { eachUnlessClean } from './clean.ts';
import { replacement } from './fixes.ts';
import type { Rule } from './rule.ts';
import { settingsWithoutValue } from './settings-without-value.ts';
import { variablesWithoutValue } from './variables-of-variables.ts';
import { withoutValue } from './without-value.ts';
import { quotedList } from './words.ts';

const KNOWN: readonly string[] = [...CONTEXTS, ...LATER_CONTEXTS];

export const expression: Rule = {
  code: 'CRISOL125',
  severity: 'error',
  title: 'Expression not understood',
  check: (view) => [
    ...describe(view.expressions, view),
    ...variablesWithoutValue(view),
    ...withoutValue(view),
    ...settingsWithoutValue(view),
  ],
};

const describe = eachUnlessClean(describeOne);

function describeOne(one: PlacedExpression, { lines }: FileView): Finding[] {
  const { part, references, use } = one;
  if (use === 'none') return [];
  const rangeOf = (span: Span) => lines.range(one.spanOf(span));
  if (part.problems.length > 0) {
    return part.problems.map(({ span, message }) => ({ range: rangeOf(visible(span, part.inner)), message }));
  }
  const calls = callProblemsOf(part.node).map(({ span, message, meant }) => {
    const range = rangeOf(span);
    return { range, message, fixes: meant === undefined ? undefined : [replacement(range, meant)] };
  });
  const unknown = references.flatMap((reference) => unknownContext(reference, rangeOf));
  return [...calls, ...unknown];
}

/** At the end of an expression there is nothing to underline but what stands before it. */
function visible([start, end]: readonly [number, number], inner: readonly [number, number]): [number, number] {
  return start < end ? [start, end] : [Math.max(inner[0], start - 1), Math.max(start, inner[0] + 1)];
}

function unknownContext({ path, spans }: Reference, rangeOf: (span: Span) => Range): Finding[] {
  const [context] = path;
  const [span] = spans;
  if (span === undefined || KNOWN.includes(String(context))) return [];
  const range = rangeOf(span);
  const meant = closest(String(context), CONTEXTS);
  const contexts = quotedList(CONTEXTS.map((name) => `${name}.…`));
  const advice = meant ? `did you mean \`${meant}\`?` : `begin with ${contexts}, or put a text in quotes.`;
  const fixes = meant ? [replacement(range, meant)] : undefined;
  return [{ range, message: `An expression knows no \`${context}\`: ${advice}`, fixes }];
}
