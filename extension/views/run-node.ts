import { formatDuration } from '../../schemas/duration.ts';
import { MOST_CHILDREN } from '../../schemas/run-family.ts';
import type { RunSummary } from '../../schemas/wire/tracking.ts';
import { t } from '../texts.ts';
import { commandLink, table } from './markdown.ts';
import type { TreeNode } from './node.ts';
import { joined, PRUNED_ICON, WORK_ICONS } from './node.ts';
import { ago, count, exactTime, firstMetrics, metricThatMatters, shortMetric, stateWord } from './words.ts';

/** `pin` is the metric beside the name; without one it is what people judge a model by. */
export function runNode(run: RunSummary, now: number, pin?: string): TreeNode {
  const best = pin === undefined ? metricThatMatters(run.metrics) : run.metrics.find(({ key }) => key === pin);
  const lasted = durationOf(run);
  const number = best && shortMetric(best);
  const word = runWord(run);
  const below = run.children === undefined ? undefined : nested(run.children);
  return {
    id: `run:${run.run_id}`,
    label: run.name,
    description: joined(run.state === 'succeeded' || run.state === 'running' ? undefined : word, number, lasted, below),
    icon: run.pruned_step === undefined ? WORK_ICONS[run.state] : PRUNED_ICON,
    tooltip: () => runTooltip(run, now),
    spoken: [t('Run {0}', run.name), word, number, lasted, below].filter(Boolean).join(', '),
    context: `run.${run.state}`,
    open: { command: 'crisol.runs.open', arguments: [run.run_id] },
    subject: { kind: 'run', id: run.run_id, name: run.name, experiment: run.experiment_id },
  };
}

/** A trial that was ended early was not cancelled by anybody. */
function runWord({ state, pruned_step }: RunSummary): string {
  return pruned_step === undefined ? stateWord(state) : t('pruned at step {0}', count(pruned_step));
}

function nested(children: number): string {
  return t('{0} nested', children >= MOST_CHILDREN ? `${count(children)}+` : count(children));
}

function durationOf({ started_at, ended_at }: RunSummary): string | undefined {
  return ended_at === null ? undefined : formatDuration(ended_at - started_at);
}

function runTooltip(run: RunSummary, now: number): string {
  const facts = table(run.name, [
    [t('State'), runWord(run)],
    [t('Started'), `${ago(run.started_at, now)} (${exactTime(run.started_at)})`],
    [t('Duration'), durationOf(run)],
    [t('User'), run.user],
    ...firstMetrics(run.metrics),
    [t('Run'), run.run_id],
  ]);
  const links = [
    commandLink(t('Open'), 'crisol.runs.open', run.run_id),
    commandLink(t('Copy ID'), 'crisol.runs.copyId', run.run_id),
  ];
  return `${facts}\n${links.join(' · ')}`;
}
