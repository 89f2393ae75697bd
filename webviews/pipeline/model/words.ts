import { formatDuration } from '../../../schemas/duration.ts';
import type { CriticalPath } from '../../../schemas/pipelines/critical-path.ts';
import { shortened } from '../../../schemas/pipelines/critical-path.ts';
import { foldCount } from '../../../schemas/pipelines/folds.ts';
import type { StepGroup } from '../../../schemas/pipelines/groups.ts';
import { groupLasted, hasVariants, lastOf, standingOf } from '../../../schemas/pipelines/groups.ts';
import type { StandingStep } from '../../../schemas/pipelines/standing.ts';
import { isUnderWay, stepLasted, waitedFor } from '../../../schemas/pipelines/standing.ts';
import type { PipelineRun, StepRun } from '../../../schemas/wire/pipelines.ts';
import { formatCount, formatPercent } from '../../shared/format.ts';
import { lookOf } from '../../shared/work-state.tsx';
import type { Picture } from './picture.ts';

/** What a node says of itself. */
export interface NodeWords {
  sign: string;
  tone: string;
  /** such as `2/4`, of variants or folds; empty for a step without */
  count: string;
  /** below its name: its state in a word, and the number that matters */
  note: string;
  /** the same for screen readers, without what changes every second: they say a name again whenever it changes */
  spoken: string;
  /** from 0 to 1 */
  progress: number | null;
}

export function stepWords(step: StandingStep, picture: Picture, now: number): NodeWords {
  const { last } = step;
  const { sign, tone, word } = lookOf(last?.state ?? null);
  if (!last) return { sign, tone, count: '', note: word, spoken: word, progress: null };
  const isRunning = last.state === 'running';
  const progress = isRunning ? last.progress : undefined;
  const said = saidOf(step, last, picture);
  const tried = (last.attempt ?? 1) > 1 ? `attempt ${last.attempt}` : null;
  const lasted = durationOf(last.cached ? null : stepLasted(last, now));
  return {
    sign,
    tone,
    count: foldCount(last) ?? '',
    note: dotted(said, tried, lasted, progress?.text),
    spoken: listed(said.replace(HOW_FAR, ''), tried, isRunning ? roughly(progress?.fraction) : lasted),
    progress: progress?.fraction ?? null,
  };
}

/** `its files, which are looked at (12,345 files, 45 % of 31.0 GB)`. */
const HOW_FAR = / \(.*\)$/;

/** By tens of a hundred. */
function roughly(fraction: number | undefined): string | null {
  return fraction === undefined ? null : formatPercent(Math.floor(fraction * 10) / 10);
}

function durationOf(ms: number | null): string | null {
  return ms === null ? null : formatDuration(ms);
}

function saidOf(step: StandingStep, { cached, waits_for, state }: StepRun, { byStep }: Picture): string {
  if (cached) return 'Cached';
  const waits = waitedFor(step, byStep);
  if (waits.length > 0) return `Waits for ${waits.join(', ')}`;
  return waits_for ? sentence(waits_for) : lookOf(state).word;
}

export function groupWords(group: StepGroup, picture: Picture, now: number): NodeWords {
  const [only] = group.steps;
  if (!hasVariants(group) && only) return stepWords(only, picture, now);
  const { state, done, cached, failed } = standingOf(lastOf(group));
  const { sign, tone, word } = lookOf(state);
  const total = group.steps.length;
  const all = cached === total;
  const lasted = all ? null : durationOf(groupLasted(lastOf(group), now));
  const said = [all ? 'Cached' : word, failed > 0 && state !== 'failed' ? `${failed} failed` : null];
  return {
    sign,
    tone,
    count: state === null ? `×${total}` : `${done}/${total}`,
    note: dotted(...said, lasted),
    spoken: listed(...said, state === 'running' ? null : lasted),
    progress: state === 'running' ? done / total : null,
  };
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

type Parts = (string | null | undefined)[];

function dotted(...parts: Parts): string {
  return parts.filter(Boolean).join(' · ');
}

function listed(...parts: Parts): string {
  return parts.filter(Boolean).join(', ');
}

/** How far a run is, in one sentence. */
export function runWords({ steps, state }: PipelineRun): string {
  const over = steps.filter((step) => !isUnderWay(step.state)).length;
  const cached = steps.filter((step) => step.cached).length;
  const failed = steps.filter((step) => step.state === 'failed').length;
  const running = steps.filter((step) => step.state === 'running').map(({ name }) => name);
  const more =
    running.length > MOST_NAMES ? [`${formatCount(running.length, 'step')} run`] : running.map((one) => `${one} runs`);
  return dotted(
    isUnderWay(state) ? `${over} of ${formatCount(steps.length, 'step')} done` : formatCount(steps.length, 'step'),
    failed > 0 ? `${failed} failed` : null,
    cached > 0 ? `${cached} cached` : null,
    ...more,
  );
}

const MOST_NAMES = 2;
export function pathWords(path: CriticalPath): string {
  return `Critical path: ${shortened(path, (left) => `${left} more`).join(' → ')} (${formatDuration(path.ms)})`;
}
