import type { Model, Stage } from '../../schemas/wire/registry.ts';

export interface StepBack {
  version: number;
  to: Stage;
}

/**
 * What leads from the stages as they are to those of before. The versions that had to make room come first: putting one
 * back makes the promoted version leave the stage, so that it is moved last.
 */
export function stepsBack(before: Model, after: Model, promoted: number): StepBack[] {
  const stages = new Map(after.versions.map(({ version, stage }) => [version, stage]));
  const moved = before.versions.filter(({ version, stage }) => stages.has(version) && stages.get(version) !== stage);
  const order = (version: number) => (version === promoted ? 1 : 0);
  return moved
    .sort((one, other) => order(one.version) - order(other.version))
    .map(({ version, stage }) => ({ version, to: stage }));
}
