import { remembered } from '../remembered.ts';
import type { PlacedExpression } from './placed-expressions.ts';

const NONE: readonly PlacedExpression[] = [];

/** The expressions that name something of a context (`params`, `steps`), found in one walk for all who ask. */
export const expressionsNaming = (
  { expressions }: { expressions: readonly PlacedExpression[] },
  context: string,
): readonly PlacedExpression[] => byContext(expressions).get(context) ?? NONE;

const byContext = remembered((expressions: readonly PlacedExpression[]) => {
  const found = new Map<string, PlacedExpression[]>();
  for (const expression of expressions) {
    for (const { path } of expression.references) add(found, String(path[0]), expression);
  }
  return found;
});

/** Once, however often it names something. */
function add(found: Map<string, PlacedExpression[]>, context: string, expression: PlacedExpression): void {
  const known = found.get(context);
  if (!known) found.set(context, [expression]);
  else if (known.at(-1) !== expression) known.push(expression);
}
