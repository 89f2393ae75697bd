import { expressionsNaming } from '../check/expressions-naming.ts';
import type { PlacedExpression } from '../check/placed-expressions.ts';
import { knowsAllOf } from '../check/view.ts';
import { onceForAll } from '../check/whole.ts';
import type { Finding } from '../diagnostic.ts';
import type { Reference } from '../expressions/references.ts';
import { isPlainName } from './fixes.ts';
import type { Rule } from './rule.ts';
import { MOST_FINDINGS } from './rule.ts';
import { unknownName, unknownNamesOf } from './unknown-name.ts';

export const unknownStep: Rule = {
  code: 'CRISOL120',
  severity: 'error',
  title: 'Unknown step',
  check(view) {
    if (!knowsAllOf(view, 'steps')) return [];
    const { names, known } = stepsOf(view);
    const needed = view.model.steps
      .filter(({ needs, damaged }) => !damaged && needs.length > 0)
      .flatMap(({ name, needs }) => needs.map((need) => ({ name, need })))
      .filter(({ need }) => !known.has(need.value))
      .slice(0, MOST_FINDINGS)
      .map(({ name, need }) => unknownName('step', need, without(names, name)));
    const referred = expressionsNaming(view, 'steps').flatMap((one) =>
      one.use !== 'none' ? one.references.flatMap((reference) => unknownIn(reference, one, names, known)) : [],
    );
    return [...needed, ...referred, ...unknownNamesOf('step', 'steps', view, 'sweeps')];
  },
};

const stepsOf = onceForAll(({ model }) => {
  const names = model.steps.map((step) => step.name);
  return { names, known: new Set(names) };
});

function unknownIn(
  { path: [context, name], spans, hasDefault }: Reference,
  one: PlacedExpression,
  names: readonly string[],
  known: ReadonlySet<string>,
): Finding[] {
  const span = spans[1];
  if (context !== 'steps' || hasDefault || !span || name === undefined || known.has(String(name))) return [];
  const found = unknownName('step', { value: String(name), range: one.rangeOf(span) }, names);
  const isSayable = found.fixes?.every(({ edits }) => edits.every(({ newText }) => isPlainName(newText)));
  return [isSayable ? found : { ...found, fixes: undefined }];
}

/** Not a list: of thousands only the first are looked at. */
function* without(names: readonly string[], one: string): Generator<string> {
  for (const name of names) if (name !== one) yield name;
}
