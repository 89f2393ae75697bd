import type { TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';
import { BUILT_IN_STEPS, isBuiltInStep } from './built-in-steps.ts';
import type { Shape } from './shape.ts';
import { shapeOf } from './shape.ts';

/** The shape of `with`, which depends on its neighbour `uses`; anything goes while that is not known. */
export function settingsShape(plain: Shape, step: TreeNode | null): Shape {
  const uses = findEntry(step, 'uses')?.value;
  if (uses?.kind !== 'scalar' || typeof uses.value !== 'string' || !isBuiltInStep(uses.value)) {
    return { ...plain, withOf: undefined };
  }
  return { ...shapeOf(BUILT_IN_STEPS[uses.value]), takes: plain.takes };
}
