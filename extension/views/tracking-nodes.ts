import { formatDuration } from '../../schemas/duration.ts';
import type { Experiment, RunSummary } from '../../schemas/wire/tracking.ts';
import { t } from '../texts.ts';
import { commandLink, table } from './markdown.ts';
import type { TreeNode } from './node.ts';
import { WORK_ICONS } from './node.ts';
import type { TrackingModel } from './tracking-model.ts';
import { ago, count, exactTime, firstMetrics, metricThatMatters, shortMetric, stateWord } from './words.ts';

export function trackingNodes(model: TrackingModel, now: number): TreeNode[] {
  const experiments = model.experiments();
  return experiments.map((experiment, place) => ({
    ...experimentNode(experiment, now),
    children: runNodes(model, experiment.experiment_id, now),
    collapsed: place > 0,
  }));
}

function experimentNode(experiment: Experiment, now: number): TreeNode {
  const runs = experiment.run_count === 1 ? t('1 run') : t('{0} runs', count(experiment.run_count));
  return {
    id: `experiment:${experiment.experiment_id}`,
    label: experiment.name,
    description: runs,
    icon: { id: 'beaker' },
    tooltip: table(experiment.name, [
      [t('Runs'), count(experiment.run_count)],
      [t('Last change'), `${ago(experiment.updated_at, now)} (${exactTime(experiment.updated_at)})`],
      [t('ID'), experiment.experiment_id],
    ]),
    spoken: t('Experiment {0}, {1}', experiment.name, runs),
    context: 'experiment',
    subject: { kind: 'experiment', id: experiment.experiment_id },
  };
}

function runNodes(model: TrackingModel, experimentId: string, now: number): TreeNode[] {
  const nodes = model.runsOf(experimentId).map((run) => runNode(run, now));
  const missing = model.missing(experimentId);
  if (missing > 0) nodes.push(moreNode(experimentId, missing));
  return nodes;
}

export function runNode(run: RunSummary, now: number): TreeNode {
  const best = metricThatMatters(run.metrics);
  const lasted = run.ended_at === null ? undefined : formatDuration(run.ended_at - run.started_at);
  const number = best && shortMetric(best);
  const word = stateWord(run.state);
  return {
    id: `run:${run.run_id}`,
    label: run.name,
    description: run.state === 'succeeded' || run.state === 'running' ? (number ?? lasted) : word,
    icon: WORK_ICONS[run.state],
    tooltip: runTooltip(run, now),
    spoken: [t('Run {0}', run.name), word, number, lasted].filter(Boolean).join(', '),
    context: `run.${run.state}`,
    open: { command: 'crisol.runs.open', arguments: [run.run_id] },
    subject: { kind: 'run', id: run.run_id, name: run.name },
  };
}

function runTooltip(run: RunSummary, now: number): string {
  const facts = table(run.name, [
    [t('State'), stateWord(run.state)],
    [t('Started'), `${ago(run.started_at, now)} (${exactTime(run.started_at)})`],
    [t('Duration'), run.ended_at === null ? undefined : formatDuration(run.ended_at - run.started_at)],
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

function moreNode(experimentId: string, missing: number): TreeNode {
  const label = t('{0} more', count(missing));
  return {
    id: `more:${experimentId}`,
    label: `… ${label}`,
    spoken: t('Show {0} more runs', count(missing)),
    tooltip: t('Show older runs'),
    context: 'more',
    open: { command: 'crisol.runs.loadMore', arguments: [experimentId] },
  };
}
