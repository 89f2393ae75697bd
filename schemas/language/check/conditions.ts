import { byBlock } from '../blocks.ts';
import type { ExpressionNode } from '../expressions/ast.ts';
import { parseCondition, parseTemplate } from '../expressions/template.ts';
import { remembered } from '../remembered.ts';
import type { Entry, ScalarNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';
import type { FileView } from './view.ts';
import { stepEntries } from './view.ts';

/** The `if` of a step that can be read. */
export interface Condition {
  step: Entry;
  value: ScalarNode;
  /** null: text stands beside braces, or there are several */
  whole: ExpressionNode | boolean | null;
}

export const conditionsOf = (view: FileView): Condition[] => conditionsIn(stepEntries(view));

const conditionsIn = byBlock((steps: readonly Entry[]) => steps.flatMap((step) => conditionOf(step)));

/** Stays with its step. */
const conditionOf = remembered((step: Entry): readonly Condition[] => {
  const entry = step.damaged ? undefined : findEntry(step.value, 'if');
  if (entry?.value.kind !== 'scalar' || entry.damaged || entry.inherited) return [];
  const { value } = entry;
  if (typeof value.value === 'boolean') return [{ step, value, whole: value.value }];
  const whole = typeof value.value === 'string' ? wholeOf(value.value) : undefined;
  return whole === undefined ? [] : [{ step, value, whole }];
});

/** `undefined`: it cannot be read. */
function wholeOf(text: string): ExpressionNode | null | undefined {
  const bare = parseCondition(text);
  const parts = bare ? [bare] : parseTemplate(text.trim());
  if (parts.length === 0 || parts.some((part) => part.kind === 'expression' && part.problems.length > 0))
    return undefined;
  const [only] = parts;
  return parts.length === 1 && only?.kind === 'expression' ? only.node : null;
}
