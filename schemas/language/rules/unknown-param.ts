import { knowsAllOf } from '../check/view.ts';
import { valueAt } from '../expressions.ts';
import { written } from '../scope.ts';
import { closest } from '../suggest.ts';
import type { Rule } from './rule.ts';

export const unknownParam: Rule = {
  code: 'CRISOL126',
  severity: 'error',
  title: 'Unknown param',
  check(view) {
    const { params } = view.model;
    // params in other files are not known here
    if (params.files.length > 0 || !knowsAllOf(view, 'params')) return [];
    return view.expressions.flatMap(({ part, range, filled }) => {
      if (!filled || part.kind !== 'reference' || part.path[0] !== 'params') return [];
      const path = part.path.slice(1);
      if (valueAt(params.values, path) !== undefined) return [];
      const siblings = valueAt(params.values, path.slice(0, -1));
      const names = siblings && typeof siblings === 'object' ? Object.keys(siblings) : [];
      const meant = closest(String(path.at(-1)), names);
      const advice = meant ? `did you mean \`${meant}\`?` : 'add it to `params`, or correct the name.';
      return [{ range, message: `There is no \`${written(part.path)}\`: ${advice}` }];
    });
  },
};
