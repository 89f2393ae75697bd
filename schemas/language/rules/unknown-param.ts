import { knowsAllOf } from '../check/view.ts';
import { wholeOf } from '../check/whole.ts';
import { valueAt } from '../expressions/evaluate.ts';
import { written } from '../scope.ts';
import { closest } from '../suggest.ts';
import { isPlainName, replacement } from './fixes.ts';
import type { Rule } from './rule.ts';

export const unknownParam: Rule = {
  code: 'CRISOL126',
  severity: 'error',
  title: 'Unknown param',
  check(view) {
    const { params } = wholeOf(view);
    // params in files that were not read are not known
    if (params === null || !knowsAllOf(view, 'params')) return [];
    return view.expressions.flatMap(({ references, rangeOf, use }) => {
      const isRead = use !== 'none';
      const named = isRead ? references.filter(({ path, hasDefault }) => path[0] === 'params' && !hasDefault) : [];
      return named.flatMap(({ path, spans }) => {
        // the first part that leads nowhere
        const at = path.findIndex((_, part) => valueAt(params, path.slice(1, part + 1)) === undefined);
        const span = spans[at];
        if (at < 0 || span === undefined) return [];
        const siblings = valueAt(params, path.slice(1, at));
        const names = siblings && typeof siblings === 'object' ? Object.keys(siblings) : [];
        const meant = closest(String(path[at]), names);
        const advice = meant ? `did you mean \`${meant}\`?` : 'add it to `params`, or correct the name.';
        const range = rangeOf(span);
        const fixes = meant && isPlainName(meant) ? [replacement(range, meant)] : undefined;
        return [{ range, message: `There is no \`${written(path.slice(0, at + 1))}\`: ${advice}`, fixes }];
      });
    });
  },
};
