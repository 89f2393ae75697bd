import { expressionsByStep } from '../check/expressions-by-step.ts';
import { expressionsNaming } from '../check/expressions-naming.ts';
import type { PlacedExpression } from '../check/placed-expressions.ts';
import { matrixOf } from '../check/step-matrix.ts';
import { stepEntries } from '../check/view.ts';
import type { Finding } from '../diagnostic.ts';
import type { Reference } from '../expressions/references.ts';
import type { LineIndex } from '../positions.ts';
import { closest } from '../suggest.ts';
import type { Entry } from '../syntax/tree.ts';
import { isPlainName, replacement } from './fixes.ts';
import type { Rule } from './rule.ts';
import { MOST_FINDINGS } from './rule.ts';

export const unknownMatrixKey: Rule = {
  code: 'CRISOL142',
  severity: 'error',
  title: 'Unknown matrix key',
  check(view) {
    const named = expressionsNaming(view, 'matrix');
    if (named.length === 0) return [];
    const owners = expressionsByStep(stepEntries(view), named);
    return [...owners]
      .flatMap(([step, own]) => own.flatMap((one) => lostIn(step, one).map((reference) => ({ step, one, reference }))))
      .slice(0, MOST_FINDINGS)
      .flatMap(({ step, one, reference }) => describe(reference, step, one, view.lines));
  },
};

const isOfMatrix = ({ path, hasDefault }: Reference): boolean => path[0] === 'matrix' && !hasDefault;

function lostIn(step: Entry, { references }: PlacedExpression): readonly Reference[] {
  const matrix = matrixOf(step);
  if (!matrix) return [];
  const keys = matrix === 'none' ? NO_KEYS : matrix.keys;
  return references.filter((reference) => isOfMatrix(reference) && keys && !keys.has(String(reference.path[1] ?? '')));
}

const NO_KEYS: ReadonlySet<string> = new Set();

function describe(
  { path, spans: [span, keySpan] }: Reference,
  step: Entry,
  one: PlacedExpression,
  lines: LineIndex,
): Finding[] {
  const matrix = matrixOf(step);
  if (!matrix || !span) return [];
  if (matrix === 'none') {
    return [
      { range: lines.range(one.spanOf(span)), message: `\`${step.key}\` has no \`matrix\`: add one, or name a param.` },
    ];
  }
  if (!keySpan || !matrix.keys) return [];
  const key = String(path[1] ?? '');
  const range = lines.range(one.spanOf(keySpan));
  const meant = closest(key, matrix.keys);
  const advice = meant ? `did you mean \`${meant}\`?` : 'add it, or correct the name.';
  const fixes = meant && isPlainName(meant) ? [replacement(range, meant)] : undefined;
  return [{ range, message: `The matrix of \`${step.key}\` has no \`${key}\`: ${advice}`, fixes }];
}
