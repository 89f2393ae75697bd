import { knowsAllOf } from '../check/view.ts';
import type { Rule } from './rule.ts';
import { unknownName } from './unknown-name.ts';

export const unknownStep: Rule = {
  code: 'CRISOL120',
  severity: 'error',
  title: 'Unknown step',
  check(view) {
    if (!knowsAllOf(view, 'steps')) return [];
    const names = view.model.steps.map((step) => step.name);
    const known = new Set(names);
    const needed = view.model.steps.flatMap(({ name, needs, damaged }) => {
      const missing = damaged ? [] : needs.filter(({ value }) => !known.has(value));
      if (missing.length === 0) return [];
      const others = names.filter((other) => other !== name);
      return missing.map((need) => unknownName('step', need, others));
    });
    const referred = view.expressions.flatMap(({ part, range, filled }) => {
      const name = filled && part.kind === 'reference' && part.path[0] === 'steps' ? part.path[1] : undefined;
      if (name === undefined || known.has(String(name))) return [];
      return [{ ...unknownName('step', { value: String(name), range }, names), fixes: undefined }];
    });
    return [...needed, ...referred];
  },
};
