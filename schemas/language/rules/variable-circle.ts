import type { FileView } from '../check/view.ts';
import { stepEntries } from '../check/view.ts';
import { wholeOf } from '../check/whole.ts';
import type { Finding } from '../diagnostic.ts';
import { hasExpression } from '../expressions/template.ts';
import type { StepModel } from '../model.ts';
import { remembered } from '../remembered.ts';
import { IN_A_CIRCLE, Scope } from '../scope.ts';
import type { Entry, TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';

/** Variables of the environment that are made of each other, and those that are made of such. */
export function variableCircles(view: FileView): Finding[] {
  const { model } = wholeOf(view);
  const scope = new Scope(model, {});
  const making = stepEntries(view).filter((entry) => madeIn(entry).length > 0 && !entry.damaged);
  const named = new Map(making.length > 0 ? view.model.steps.map((step) => [step.name, step]) : []);
  const ofSteps = making.flatMap((entry) => {
    const step = named.get(entry.key);
    return step ? circularIn(madeIn(entry), step, scope, view) : [];
  });
  const env = findEntry(view.root, 'env')?.value;
  return [...circularIn(entriesOf(env).filter(isMade), NO_STEP, scope, view), ...ofSteps];
}

const entriesOf = (node: TreeNode | undefined): readonly Entry[] => (node?.kind === 'map' ? node.entries : []);

const madeIn = remembered((step: Entry) => entriesOf(findEntry(step.value, 'env')?.value).filter(isMade));

type Holder = Pick<StepModel, 'name' | 'env'>;

const NO_STEP: Holder = { name: '', env: {} };

function circularIn(made: readonly Entry[], holder: Holder, scope: Scope, { lines }: FileView): Finding[] {
  return made.flatMap(({ key, keySpan }): Finding[] => {
    const answer = scope.of(holder)(['env', key]);
    if (!('problem' in answer) || !answer.problem.endsWith(IN_A_CIRCLE)) return [];
    const message = `\`${key}\` has no value: variables that it is made of name each other in a circle. Give one its own value.`;
    return [{ range: lines.range(keySpan), message }];
  });
}

function isMade({ value, damaged }: Entry): boolean {
  return !damaged && value.kind === 'scalar' && typeof value.value === 'string' && hasExpression(value.value);
}
