import { byBlock } from '../blocks.ts';
import { expressionsNaming } from '../check/expressions-naming.ts';
import { definitionsAmong, namesOfKind } from '../check/names-of-kind.ts';
import type { PlacedExpression } from '../check/placed-expressions.ts';
import type { FileView } from '../check/view.ts';
import { knowsAllOf } from '../check/view.ts';
import { onceForAll } from '../check/whole.ts';
import type { StepModel } from '../model.ts';
import type { Occurrence } from '../names/occurrence.ts';
import { findEntry } from '../syntax/tree.ts';
import { meantParams } from './lost-params.ts';
import type { Rule } from './rule.ts';

/** Params reach steps through expressions only. */
export const unusedParam: Rule = {
  code: 'CRISOL119',
  severity: 'information',
  title: 'Unused param',
  check(view) {
    // a step that could not be read whole may use any of them
    const used = knowsAllOf(view, 'steps') ? usedInAll(view) : null;
    if (!used) return [];
    if (used.has('') || hasAnchors(view)) return [];
    // most files have none: nothing is asked about misspelt names then
    const idle = idleBeside(used, view).length > 0 ? idleBeside(new Set([...used, ...meantParams(view)]), view) : [];
    const names = new Set(idle.map(({ name }) => name));
    // of a whole group that nobody uses, the group alone is told
    const outermost = idle.filter(({ name }) => !names.has(name.slice(0, Math.max(0, name.lastIndexOf('.')))));
    return outermost.map(({ name, span }) => ({
      range: view.lines.range(span),
      message: `Nothing uses \`params.${name}\`: name it in an expression, or remove it.`,
      unnecessary: true,
    }));
  },
};

function idleBeside(used: ReadonlySet<string>, view: FileView): Occurrence[] {
  // what something used lies in is used as well
  const within = new Set([...used].flatMap(partsOf));
  const isIdle = (name: string) => !within.has(name) && !partsOf(name).some((part) => used.has(part));
  return definitionsAmong(namesOfKind(view, 'param')).filter(({ name }) => isIdle(name));
}

/** Null where something may use what nobody can see, and where there is nothing yet that could use any. */
const usedInAll = onceForAll(({ files }) => {
  const views = files.map((file) => file.view);
  const hasSteps = views.some(({ root }) => findEntry(root, 'steps'));
  if (!hasSteps || !views.every(isSound)) return null;
  const used = new Set<string>();
  for (const view of views) addUsed(view, used);
  return used;
});

function isSound({ expressions, problems }: FileView): boolean {
  return problems.length === 0 && brokenIn(expressions).length === 0;
}

const brokenIn = byBlock((expressions: readonly PlacedExpression[]) =>
  expressions.filter(({ part }) => part.problems.length > 0),
);

/** Full names; the empty one stands for all of them. */
function addUsed(view: FileView, used: Set<string>): void {
  for (const name of paramsIn(expressionsNaming(view, 'params'))) used.add(name);
  for (const name of paramsOf(view.model.steps)) used.add(name);
  const sweeps = findEntry(view.root, 'sweeps')?.value;
  for (const { value } of sweeps?.kind === 'map' ? sweeps.entries : []) {
    const space = findEntry(value, 'space')?.value;
    for (const { key } of space?.kind === 'map' ? space.entries : []) used.add(key);
  }
}

/** Each once in its block. */
const paramsIn = byBlock((expressions: readonly PlacedExpression[]) => [
  ...new Set(
    expressions.flatMap(({ references }) =>
      references.filter(({ path }) => path[0] === 'params').map(({ path }) => path.slice(1).join('.')),
    ),
  ),
]);

const paramsOf = byBlock((steps: readonly StepModel[]) => [
  ...new Set(steps.flatMap(({ params }) => params.map(({ value }) => value))),
]);

/** Through an anchor a param is used where nobody names it. */
function hasAnchors({ root, text }: FileView): boolean {
  const params = findEntry(root, 'params');
  return params !== undefined && text.slice(...params.span).includes('&');
}

/** Of `a.b.c`: `a`, `a.b` and itself. */
const partsOf = (name: string): string[] => Array.from(name.matchAll(/\.|$/g), ({ index }) => name.slice(0, index));
