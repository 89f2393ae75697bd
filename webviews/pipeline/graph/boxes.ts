import type { StepGroup } from '../../../schemas/pipelines/groups.ts';
import { hasVariants } from '../../../schemas/pipelines/groups.ts';
import type { Box, Place } from '../layout/index.ts';

const WIDTH = 208;
const HEIGHT = 50;
/** a step whose variants are spread, and what lies in it */
const HEAD = 50;
const VARIANT = { width: 200, height: 44 };
const GAP = 8;

/** How many variants stand beside each other, so that all of them make a shape that fits a screen. */
export function columnsOf(variants: number): number {
  return Math.max(1, Math.round(Math.sqrt(variants * 0.45)));
}

export function isSpread(group: StepGroup, spread: ReadonlySet<string>): boolean {
  return spread.has(group.name) && hasVariants(group);
}

export function boxOf(group: StepGroup, spread: ReadonlySet<string>): Box {
  if (!isSpread(group, spread)) return { id: group.name, width: WIDTH, height: HEIGHT };
  const columns = columnsOf(group.steps.length);
  const rows = Math.ceil(group.steps.length / columns);
  return {
    id: group.name,
    width: Math.max(WIDTH, columns * (VARIANT.width + GAP) + GAP),
    height: HEAD + rows * (VARIANT.height + GAP),
  };
}

/** Where the variants lie, from left to right and on below. */
export function variantPlaces(group: StepGroup, { x, y }: Place): Place[] {
  const columns = columnsOf(group.steps.length);
  return group.steps.map((_, at) => ({
    x: x + GAP + (at % columns) * (VARIANT.width + GAP),
    y: y + HEAD + Math.floor(at / columns) * (VARIANT.height + GAP),
    ...VARIANT,
  }));
}
