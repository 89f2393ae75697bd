import { expressionsNaming } from '../check/expressions-naming.ts';
import type { PlacedExpression } from '../check/placed-expressions.ts';
import { knowsAllOf } from '../check/view.ts';
import { wholeOf } from '../check/whole.ts';
import type { Finding } from '../diagnostic.ts';
import { valueAt } from '../expressions/evaluate.ts';
import type { Reference } from '../expressions/references.ts';
import type { JsonObject } from '../json.ts';
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
    const found: Finding[] = [];
    for (const one of expressionsNaming(view, 'params')) {
      if (one.use === 'none') continue;
      for (const reference of one.references)
        if (leadsNowhere(reference, params)) found.push(describe(reference, one, params));
    }
    return found;
  },
};

const leadsNowhere = ({ path, hasDefault }: Reference, params: JsonObject): boolean =>
  path[0] === 'params' && !hasDefault && path.length > 1 && valueAt(params, path.slice(1)) === undefined;

function describe({ path, spans, span }: Reference, one: PlacedExpression, params: JsonObject): Finding {
  // the first part that leads nowhere
  const at = path.findIndex((_, part) => valueAt(params, path.slice(1, part + 1)) === undefined);
  const siblings = valueAt(params, path.slice(1, at));
  const names = siblings && typeof siblings === 'object' ? Object.keys(siblings) : [];
  const meant = closest(String(path[at]), names);
  const advice = meant ? `did you mean \`${meant}\`?` : 'add it to `params`, or correct the name.';
  const range = one.rangeOf(spans[at] ?? span);
  const fixes = meant && isPlainName(meant) ? [replacement(range, meant)] : undefined;
  return { range, message: `There is no \`${written(path.slice(0, at + 1))}\`: ${advice}`, fixes };
}
