import { remembered } from '../remembered.ts';
import type { Entry, MapNode, TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';
import type { BuiltInStep } from './built-in-steps.ts';
import { BUILT_IN_STEPS, isBuiltInStep } from './built-in-steps.ts';
import type { Shape } from './shape.ts';
import { entryShape, shapeOf } from './shape.ts';

/** The shape of `with`, which depends on its neighbour `uses`; anything goes while that is not known. */
export function settingsShape(plain: Shape, step: TreeNode | null): Shape {
  const uses = findEntry(step, 'uses')?.value;
  const isKnown = uses?.kind === 'scalar' && typeof uses.value === 'string' && isBuiltInStep(uses.value);
  return shapesOf(plain)(isKnown ? (uses.value as BuiltInStep) : null);
}

/** Made once, and the same for all steps of a kind: what is known of a shape is kept with it. */
const shapesOf = remembered((plain: Shape) => {
  const known = new Map<BuiltInStep | null, Shape>();
  return (uses: BuiltInStep | null): Shape => {
    const shape =
      known.get(uses) ??
      (uses ? { ...shapeOf(BUILT_IN_STEPS[uses]), takes: plain.takes } : { ...plain, withOf: undefined });
    known.set(uses, shape);
    return shape;
  };
});

/** What the grammar says about the value of an entry; nothing about one that it does not know. */
export function shapeOfEntry(entry: Entry, map: MapNode, mapShape: Shape): Shape {
  const { properties } = mapShape;
  const shape = properties && Object.hasOwn(properties, entry.key) ? properties[entry.key] : entryShape(mapShape);
  if (!shape) return {};
  return shape.withOf ? settingsShape(shape, map) : shape;
}
