import type { StepGroup } from '../../../schemas/pipelines/groups.ts';
import { isUnderWay } from '../../../schemas/pipelines/standing.ts';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import { formatCount } from '../../shared/format.ts';
import { lookOf } from '../../shared/work-state.tsx';
import type { Picture } from './picture.ts';

/** So many names are said, then how many others there are. */
const MOST_NAMES = 5;

/** The links of a step, for whoever does not see them. */
export function linkWords({ name, needs }: StepGroup, { followers }: Picture): string {
  const needing = followers.get(name) ?? [];
  const above = needs.length > 0 ? `Needs ${namesOf(needs)}.` : 'Needs no other.';
  return needing.length > 0 ? `${above} Needed by ${namesOf(needing)}.` : above;
}

function namesOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${more} more` : names.join(', ');
}

/** What screen readers say of a run. */
export interface News {
  text: string;
  /** while this is the same, it is said only now and then */
  occasion: string;
}

export function newsOf({ run_id, state, steps }: PipelineRun): News {
  const failed = steps.filter((step) => step.state === 'failed').map(({ name }) => name);
  const over = steps.filter((step) => !isUnderWay(step.state)).length;
  const isOver = !isUnderWay(state);
  const done = isOver ? formatCount(steps.length, 'step') : `${over} of ${formatCount(steps.length, 'step')} done`;
  const wrong = failed.length > 0 ? [`${namesOf(failed)} failed`] : [];
  return {
    text: [lookOf(state).word, done, ...wrong].join(', '),
    occasion: `${run_id} ${state} ${failed.length > 0}`,
  };
}
