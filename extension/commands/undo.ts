import type { Model, ModelVersion, Stage } from '../../schemas/wire/registry.ts';
import { t } from '../texts.ts';
import { stageWord } from '../views/words.ts';

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

/** "match-outcome v2 is back in staging, and v1 in production." */
export function undoneSentence(before: Model, after: Model, promoted: ModelVersion): string {
  const back = t('{0} is back in {1}', `${before.name} v${promoted.version}`, stageWord(promoted.stage));
  const others = stepsBack(before, after, promoted.version).filter(({ version }) => version !== promoted.version);
  const [other] = others;
  if (!other) return `${back}.`;
  return t('{0}, and {1} in {2}.', back, others.map(({ version }) => `v${version}`).join(', '), stageWord(other.to));
}
