import { headlinesFirst } from '../../schemas/headline-metrics.ts';
import { metricText } from '../../schemas/metric-text.ts';
import type { MetricNumber, WorkState } from '../../schemas/wire/common.ts';
import type { Stage } from '../../schemas/wire/registry.ts';
import type { Experiment } from '../../schemas/wire/tracking.ts';
import type { StepWhy } from '../../schemas/wire/why.ts';
import { currentLanguage, t } from '../texts.ts';

export { metricText as metric, shortMetric } from '../../schemas/metric-text.ts';

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** "2 days ago" */
export function ago(at: number, now: number): string {
  const passed = Math.max(0, now - at);
  const unit = UNITS.find(([, size]) => passed >= size);
  if (!unit) return t('just now');
  const format = new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'always' });
  return format.format(-Math.floor(passed / unit[1]), unit[0]);
}

/** "in 2 days" */
export function ahead(at: number, now: number): string {
  const left = at - now;
  const unit = UNITS.find(([, size]) => left >= size);
  if (!unit) return left > 0 ? t('in less than a minute') : t('now');
  const format = new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'always' });
  return format.format(Math.floor(left / unit[1]), unit[0]);
}

/** The exact time, for tooltips; a script may log one that no calendar has. */
export function exactTime(at: number): string {
  if (Number.isNaN(new Date(at).getTime())) return String(at);
  return new Intl.DateTimeFormat(currentLanguage(), { dateStyle: 'medium', timeStyle: 'medium' }).format(at);
}

/** What would become of a step. */
export function wouldWord(would: StepWhy['would']): string {
  if (would === 'run') return t('would run');
  if (would === 'restore') return t('would be restored');
  if (would === 'nothing') return t('is up to date');
  return would === 'skip' ? t('would be skipped') : t('would fail');
}

export function count(number: number): string {
  return new Intl.NumberFormat(currentLanguage()).format(number);
}

export function runCount(runs: number): string {
  return runs === 1 ? t('1 run') : t('{0} runs', count(runs));
}

/** Runs as people count them: steps, trials and folds stand below others. */
export function topCount({ run_count, top_count }: Pick<Experiment, 'run_count' | 'top_count'>): number {
  return top_count ?? run_count;
}

/** The one number that a row has room for. */
export function metricThatMatters<M extends { key: string }>(metrics: M[]): M | undefined {
  return headlinesFirst(metrics, ({ key }) => key)[0];
}

/** What fits a tooltip: those that matter first, then the others as they come. */
export function firstMetrics(metrics: { key: string; value: MetricNumber }[]): [string, string][] {
  const ordered = headlinesFirst(metrics, ({ key }) => key);
  return ordered.slice(0, METRICS_IN_TOOLTIP).map(({ key, value }) => [key, metricText(value)]);
}

const METRICS_IN_TOOLTIP = 8;
export function stateWord(state: WorkState): string {
  const words: Record<WorkState, string> = {
    pending: t('pending'),
    running: t('running'),
    succeeded: t('succeeded'),
    failed: t('failed'),
    cancelled: t('cancelled'),
    skipped: t('skipped'),
  };
  return words[state];
}

export function stageWord(stage: Stage): string {
  const words: Record<Stage, string> = {
    development: t('development'),
    staging: t('staging'),
    production: t('production'),
    archived: t('archived'),
  };
  return words[stage];
}
