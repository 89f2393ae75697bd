import { knowsAllOf } from '../check/view.ts';
import type { Rule } from './rule.ts';
import { MOST_FINDINGS } from './rule.ts';
import { unknownName } from './unknown-name.ts';

export const unknownStep: Rule = {
  code: 'CRISOL120',
  severity: 'error',
  title: 'Unknown step',
  check(view) {
    if (!knowsAllOf(view, 'steps')) return [];
    const names = view.model.steps.map((step) => step.name);
    const known = new Set(names);
    const needed = view.model.steps
      .flatMap(({ name, needs, damaged }) => (damaged ? [] : needs.map((need) => ({ name, need }))))
      .filter(({ need }) => !known.has(need.value))
      .slice(0, MOST_FINDINGS)
      .map(({ name, need }) => unknownName('step', need, without(names, name)));
    const referred = view.expressions.flatMap(({ part, range, filled }) => {
      const name = filled && part.kind === 'reference' && part.path[0] === 'steps' ? part.path[1] : undefined;
      if (name === undefined || known.has(String(name))) return [];
      return [{ ...unknownName('step', { value: String(name), range }, names), fixes: undefined }];
    });
    return [...needed, ...referred];
  },
};

/** Not a list: of thousands only the first are looked at. */
function* without(names: readonly string[], one: string): Generator<string> {
  for (const name of names) if (name !== one) yield name;
}
