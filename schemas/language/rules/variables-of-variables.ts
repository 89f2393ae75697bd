import { byBlock } from '../blocks.ts';
import type { FileView } from '../check/view.ts';
import { stepEntries } from '../check/view.ts';
import { wholeOf } from '../check/whole.ts';
import type { Finding } from '../diagnostic.ts';
import { hasExpression } from '../expressions/template.ts';
import { TOO_LONG } from '../expressions/values.ts';
import type { StepModel } from '../model.ts';
import { IN_A_CIRCLE, TOO_DEEP } from '../plan/made-once.ts';
import { Scope } from '../plan/scope.ts';
import { remembered } from '../remembered.ts';
import type { Entry, TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';

/** Variables of the environment that are made of each other, and those that are made of such, or grow beyond all measure. */
export function variablesWithoutValue(view: FileView): Finding[] {
  const { model } = wholeOf(view);
  const scope = new Scope(model, {});
  const making = makingIn(stepEntries(view));
  const named = new Map(making.length > 0 ? view.model.steps.map((step) => [step.name, step]) : []);
  const ofSteps = making.flatMap((entry) => {
    const step = named.get(entry.key);
    return step ? circularIn(madeIn(entry), step, scope, view) : [];
  });
  const env = findEntry(view.root, 'env')?.value;
  return [...circularIn(entriesOf(env).filter(isMade), NO_STEP, scope, view), ...ofSteps];
}

const entriesOf = (node: TreeNode | undefined): readonly Entry[] => (node?.kind === 'map' ? node.entries : []);

const makingIn = byBlock((steps: readonly Entry[]) => steps.filter((step) => madeIn(step).length > 0 && !step.damaged));

const madeIn = remembered((step: Entry) => entriesOf(findEntry(step.value, 'env')?.value).filter(isMade));

type Holder = Pick<StepModel, 'name' | 'env'>;

const NO_STEP: Holder = { name: '', env: {} };

function circularIn(made: readonly Entry[], holder: Holder, scope: Scope, { lines }: FileView): Finding[] {
  return made.flatMap(({ key, keySpan }): Finding[] => {
    const answer = scope.of(holder)(['env', key]);
    const message = 'problem' in answer ? whyNone(key, answer.problem) : null;
    return message === null ? [] : [{ range: lines.range(keySpan), message }];
  });
}

/** Of what is missing the rules about names tell. */
function whyNone(key: string, problem: string): string | null {
  if (problem.endsWith(IN_A_CIRCLE)) {
    return `\`${key}\` has no value: variables that it is made of name each other in a circle. Give one its own value.`;
  }
  if (problem.endsWith(TOO_DEEP)) return `\`${key}\` ${TOO_DEEP}`;
  return problem === TOO_LONG ? problem : null;
}

function isMade({ value, damaged }: Entry): boolean {
  return !damaged && value.kind === 'scalar' && typeof value.value === 'string' && hasExpression(value.value);
}
