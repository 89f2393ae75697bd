import { naturally } from '../../schemas/natural-order.ts';
import type { Experiment, RunSummary } from '../../schemas/wire/tracking.ts';
import { t } from '../texts.ts';
import { orderWords } from './experiment-views.ts';
import { table } from './markdown.ts';
import type { TreeNode } from './node.ts';
import { joined } from './node.ts';
import type { ListPlace, RunList } from './run-list.ts';
import { placeKey } from './run-list.ts';
import { runNode } from './run-node.ts';
import type { TrackingModel } from './tracking-model.ts';
import { ago, count, exactTime, runCount, topCount } from './words.ts';

interface Drawing {
  model: TrackingModel;
  now: number;
  /** each run has one row: while lists are read anew, two may name it */
  seen: Set<string>;
}

export function trackingNodes(model: TrackingModel, now: number): TreeNode[] {
  const drawing = { model, now, seen: new Set<string>() };
  return model.experiments().map((experiment, place) => ({
    ...experimentNode(model, experiment, now),
    children: childrenOf(drawing, experiment),
    list: { experiment: experiment.experiment_id },
    collapsed: place > 0,
  }));
}

function experimentNode(model: TrackingModel, experiment: Experiment, now: number): TreeNode {
  const { experiment_id, name } = experiment;
  const view = model.views.of(experiment_id);
  const order = view.order && orderWords(view.order);
  const group = view.group && t('by {0}', view.group);
  const runs = runCount(topCount(experiment));
  return {
    id: `experiment:${experiment_id}`,
    label: name,
    description: joined(runs, order, group),
    icon: { id: 'beaker' },
    tooltip: () =>
      table(name, [
        [t('Runs'), count(topCount(experiment))],
        [t('Nested in them'), nestedCount(experiment)],
        [t('Last change'), `${ago(experiment.updated_at, now)} (${exactTime(experiment.updated_at)})`],
        [t('Note'), tagOf(experiment, 'mlflow.note.content')],
        [t('Tags'), ownTags(experiment)],
        [t('Filter'), view.filter],
        [t('Sorted by'), view.order?.join(', ')],
        [t('Grouped by'), view.group],
        [t('Pinned metric'), view.pin],
        [t('ID'), experiment_id],
      ]),
    spoken: joined(t('Experiment {0}, {1}', name, runs), order, group),
    context: view.filter === undefined ? 'experiment' : 'experiment.filtered',
    subject: { kind: 'experiment', id: experiment_id, name },
  };
}

const SHOWN_TAGS = 10;
const SHOWN_LETTERS = 100;

function tagOf({ tags = [] }: Experiment, key: string): string | undefined {
  return tags.find((tag) => tag.key === key)?.value;
}

/** Those that people set: MLflow notes its own there, too. */
function ownTags({ tags = [] }: Experiment): string {
  const own = tags.filter(({ key }) => !key.startsWith('mlflow.'));
  const shown = own.slice(0, SHOWN_TAGS).map(({ key, value }) => `${key}: ${value.slice(0, SHOWN_LETTERS)}`);
  return joined(...shown, own.length > SHOWN_TAGS ? t('{0} more', count(own.length - SHOWN_TAGS)) : '');
}

function nestedCount(experiment: Experiment): string | undefined {
  const nested = experiment.run_count - topCount(experiment);
  return nested === 0 ? undefined : runCount(nested);
}

function childrenOf(drawing: Drawing, experiment: Experiment): TreeNode[] {
  const { model } = drawing;
  const id = experiment.experiment_id;
  const { filter, group } = model.views.of(id);
  const rows = group === undefined ? listNodes(drawing, { experiment: id }) : groupNodes(drawing, id, group);
  return filter === undefined ? rows : [filterNode(model, experiment, filter), ...rows];
}

/** Stands above what it lets through, with a way to change it and one to be rid of it. */
function filterNode(model: TrackingModel, experiment: Experiment, filter: string): TreeNode {
  const { experiment_id, name } = experiment;
  const isGrouped = model.views.of(experiment_id).group !== undefined;
  const found = isGrouped ? undefined : model.list({ experiment: experiment_id }).count;
  const share = found === undefined ? undefined : foundOf(found, experiment);
  return {
    id: `filter:${experiment_id}`,
    label: filter,
    description: share,
    icon: { id: 'filter' },
    tooltip: table(t('Filter'), [[t('Runs'), share]]),
    spoken: joined(t('Filter: {0}', filter), share),
    context: 'filter',
    open: { command: 'crisol.experiments.filter', arguments: [experiment_id] },
    subject: { kind: 'experiment', id: experiment_id, name },
  };
}

/** Where runs stand below others, some of which are never found, there is no whole that a person could count. */
function foundOf(found: number, experiment: Experiment): string {
  const { run_count } = experiment;
  return run_count === topCount(experiment) ? t('{0} of {1}', count(found), count(run_count)) : runCount(found);
}

function listNodes(drawing: Drawing, place: ListPlace): TreeNode[] {
  const { model, seen } = drawing;
  const list = model.list(place);
  if (list.state === 'failed') return [failedNode(place, list.problem)];
  if (list.state === 'ready' && list.ids.length === 0) return [emptyNode(model, place)];
  const runs = model.runsOf(list).filter(({ run_id }) => !seen.has(run_id));
  for (const { run_id } of runs) seen.add(run_id);
  const nodes = runs.map((run) => runRow(drawing, run));
  return list.next === undefined ? nodes : [...nodes, moreNode(list)];
}

/** What is searched for, or grouped, stands side by side; else runs stand below their parents. */
function runRow(drawing: Drawing, run: RunSummary): TreeNode {
  const { model, now } = drawing;
  const { pin, filter, group } = model.views.of(run.experiment_id);
  const node = runNode(run, now, pin);
  if (run.children === undefined || filter !== undefined || group !== undefined) return node;
  const place = { experiment: run.experiment_id, parent: run.run_id };
  return { ...node, children: model.isOpen(place) ? listNodes(drawing, place) : [], list: place, collapsed: true };
}

function groupNodes(drawing: Drawing, experiment: string, by: string): TreeNode[] {
  const { model } = drawing;
  const groups = model.groupsOf(experiment);
  if (groups.state === 'failed') return [failedNode({ experiment }, groups.problem)];
  if (groups.state === 'ready' && groups.found.groups.length === 0) return [emptyNode(model, { experiment })];
  const nodes = groups.found.groups.toSorted(byValue).map(({ value, runs }) => {
    const place = { experiment, group: value };
    const label = value ?? t('without {0}', by);
    return {
      id: `group:${placeKey(place)}`,
      label: label === '' ? t('(empty)') : label,
      description: runCount(runs),
      icon: { id: 'list-tree' },
      tooltip: table(by, [[t('Runs'), count(runs)]]),
      spoken: t('{0} is {1}, {2}', by, label, runCount(runs)),
      context: 'group',
      children: model.isOpen(place) ? listNodes(drawing, place) : [],
      list: place,
      collapsed: true,
    };
  });
  return groups.found.more ? [...nodes, manyNode(experiment, nodes.length)] : nodes;
}

/** Numbers as numbers, those without a value last. */
function byValue({ value: one }: { value: string | null }, { value: other }: { value: string | null }): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  const difference = Number(one) - Number(other);
  return one !== '' && other !== '' && Number.isFinite(difference) && difference !== 0
    ? difference
    : naturally(one, other);
}

function manyNode(experiment: string, shown: number): TreeNode {
  const label = t('… more values than these {0}', count(shown));
  return { id: `groups:${experiment}`, label, spoken: label, tooltip: t('A filter leaves fewer.'), context: 'hint' };
}

function emptyNode(model: TrackingModel, place: ListPlace): TreeNode {
  const isFiltered = model.views.of(place.experiment).filter !== undefined && place.parent === undefined;
  const label = isFiltered ? t('No run is like that') : t('No runs yet');
  return { id: `empty:${placeKey(place)}`, label, spoken: label, context: 'hint' };
}

function failedNode(place: ListPlace, problem: string): TreeNode {
  return {
    id: `failed:${placeKey(place)}`,
    label: t('The runs could not be read'),
    description: problem,
    icon: { id: 'error', color: 'testing.iconFailed' },
    tooltip: t('Read them again'),
    spoken: t('The runs could not be read: {0}. Read them again', problem),
    context: 'hint',
    open: { command: 'crisol.runs.retry', arguments: [place] },
  };
}

function moreNode({ place, missing }: RunList): TreeNode {
  const label = missing === undefined ? t('more') : t('{0} more', count(missing));
  return {
    id: `more:${placeKey(place)}`,
    label: `… ${label}`,
    spoken: missing === undefined ? t('Show more runs') : t('Show {0} more runs', count(missing)),
    tooltip: t('Show older runs'),
    context: 'more',
    open: { command: 'crisol.runs.loadMore', arguments: [place] },
  };
}
