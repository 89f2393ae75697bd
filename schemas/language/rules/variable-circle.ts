import type { FileView } from '../check/view.ts';
import { stepEntries } from '../check/view.ts';
import { wholeOf } from '../check/whole.ts';
import type { Finding } from '../diagnostic.ts';
import { hasExpression } from '../expressions/template.ts';
import type { StepModel } from '../model.ts';
import { IN_A_CIRCLE, Scope } from '../scope.ts';
import type { Entry } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';

/** Variables of the environment that are made of each other, and those that are made of such. */
export function variableCircles(view: FileView): Finding[] {
  const { model } = wholeOf(view);
  const scope = new Scope(model, {});
  const named = new Map(view.model.steps.map((step) => [step.name, step]));
  const ofSteps = stepEntries(view).flatMap((entry) => {
    const step = entry.damaged ? undefined : named.get(entry.key);
    return step ? circularIn(findEntry(entry.value, 'env'), step, scope, view) : [];
  });
  return [...circularIn(findEntry(view.root, 'env'), NO_STEP, scope, view), ...ofSteps];
}

type Holder = Pick<StepModel, 'name' | 'env'>;

const NO_STEP: Holder = { name: '', env: {} };

function circularIn(env: Entry | undefined, holder: Holder, scope: Scope, { lines }: FileView): Finding[] {
  const entries = env?.value.kind === 'map' ? env.value.entries : [];
  return entries.filter(isMade).flatMap(({ key, keySpan }): Finding[] => {
    const answer = scope.of(holder)(['env', key]);
    if (!('problem' in answer) || !answer.problem.endsWith(IN_A_CIRCLE)) return [];
    const message = `\`${key}\` has no value: variables that it is made of name each other in a circle. Give one its own value.`;
    return [{ range: lines.range(keySpan), message }];
  });
}

const isMade = ({ value, damaged }: Entry): boolean =>
  !damaged && value.kind === 'scalar' && typeof value.value === 'string' && hasExpression(value.value);
