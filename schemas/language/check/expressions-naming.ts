import { blocksOf, listOf } from '../blocks.ts';
import { remembered } from '../remembered.ts';
import type { PlacedExpression } from './placed-expressions.ts';

type Expressions = readonly PlacedExpression[];

const NONE: Expressions = [];

/** The expressions that name something of a context (`params`, `steps`), found in one walk for all who ask. */
export const expressionsNaming = ({ expressions }: { expressions: Expressions }, context: string): Expressions => {
  const known = listsOf(expressions);
  const list =
    known.get(context) ?? listOf(blocksOf(expressions).map((block) => byContext(block).get(context) ?? NONE));
  known.set(context, list);
  return list;
};

const listsOf = remembered((_: Expressions) => new Map<string, Expressions>());

const byContext = remembered((expressions: Expressions) => {
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
