import type { Mismatch } from '../check/mismatch.ts';
import type { PlacedExpression } from '../check/placed-expressions.ts';
import type { Finding } from '../diagnostic.ts';
import type { Reference } from '../expressions/references.ts';
import { LATER_CONTEXTS } from '../plan/scope.ts';
import type { LineIndex } from '../positions.ts';
import { eachUnlessClean } from './clean.ts';
import type { Rule } from './rule.ts';

/** Valid in the language, and no mistake: but who waits for it to happen should know. */
export const notRunYet: Rule = {
  code: 'CRISOL116',
  severity: 'information',
  title: 'Not run yet in this version',
  check: ({ mismatches, expressions, lines }) => [
    ...mismatches.flatMap((mismatch) => (mismatch.kind === 'later' ? [laterKey(mismatch, lines)] : [])),
    ...laterIn(expressions, lines),
  ],
};

const LATER_EXPRESSION =
  'This version cannot fill in this expression, so the step would not run: it knows `params.…`, `env.…`, `matrix.…` and `steps.…`.';

const NOT_HERE =
  'This version fills in expressions only in `env` and within steps: here the text is taken as it stands.';

const laterIn = eachUnlessClean(laterExpression);

function laterExpression(one: PlacedExpression, lines: LineIndex): Finding[] {
  const { use, references } = one;
  if (use === 'none') return [{ range: lines.range(one.span), message: NOT_HERE }];
  // its key says so
  if (use === 'later') return [];
  return references.some(isKnownLater) ? [{ range: lines.range(one.span), message: LATER_EXPRESSION }] : [];
}

function laterKey({ entry, node }: Extract<Mismatch, { kind: 'later' }>, lines: LineIndex): Finding {
  // a window of time is a value of `last`, which does work with a number
  const isValue = entry?.key === 'last';
  const subject = isValue ? 'A window of time' : `\`${entry?.key ?? 'This'}\``;
  return {
    range: lines.range(isValue || !entry ? node.span : entry.keySpan),
    message: `${subject} is not run yet in this version: it is accepted and has no effect.`,
  };
}

const LATER: readonly unknown[] = LATER_CONTEXTS;
const isKnownLater = ({ path }: Reference): boolean => LATER.includes(path[0]);
