import type { MetricNumber } from '../../schemas/wire/common.ts';
import type { Model, ModelVersion, Stage } from '../../schemas/wire/registry.ts';
import { t } from '../texts.ts';
import { commandLink, table } from './markdown.ts';
import type { Icon, TreeNode } from './node.ts';
import { joined } from './node.ts';
import type { RegistryModel, StagePlace, StageVersions } from './registry-model.ts';
import { ago, count, exactTime, firstMetrics, metricThatMatters, shortMetric, stageWord } from './words.ts';

const STAGE_ICONS: Record<Stage, Icon> = {
  production: { id: 'rocket', color: 'charts.green' },
  staging: { id: 'beaker', color: 'charts.blue' },
  development: { id: 'tools' },
  archived: { id: 'archive', color: 'disabledForeground' },
};

export function registryNodes(store: RegistryModel, now: number): TreeNode[] {
  return store.models().map((model) => ({
    id: `model:${model.name}`,
    label: model.name,
    description: versionsOf(model),
    icon: { id: 'package' },
    tooltip: modelTooltip(model, now),
    spoken: t('Model {0}, {1}', model.name, versionsOf(model)),
    context: 'model',
    subject: { kind: 'model', name: model.name },
    collapsed: false,
    children: store.stagesOf(model).map((stage) => stageNode(model, stage, now)),
  }));
}

/** How many versions a model has, of which only the newest may be known. */
export function versionCount({ versions, in_stages }: Model): number {
  return in_stages ? Object.values(in_stages).reduce((sum, one) => sum + one, 0) : versions.length;
}

export function versionsOf(model: Model): string {
  const all = versionCount(model);
  return all === 1 ? t('1 version') : t('{0} versions', count(all));
}

/** Of a group: its rows say the others. */
const NAMED = 10;

/** A stage with one version is one row; with several it is a group of rows. */
function stageNode(model: Model, { stage, versions, count: all }: StageVersions, now: number): TreeNode {
  const [first] = versions;
  const shared = { id: `stage:${model.name}:${stage}`, label: stageWord(stage), icon: STAGE_ICONS[stage] };
  if (first && all === 1) {
    const { id: _id, label: version, ...row } = versionNode(model, first, now);
    const since = stage === 'development' ? row.description : sinceOf(first, now);
    return { ...row, ...shared, description: joined(version, since) };
  }
  return {
    ...shared,
    description: named(versions, all),
    spoken: t('{0}, {1} versions', stageWord(stage), count(all)),
    context: 'stage',
    collapsed: stage === 'archived',
    children: [
      ...versions.map((version) => versionNode(model, version, now)),
      ...(all > versions.length ? [moreNode({ model: model.name, stage }, all - versions.length)] : []),
    ],
  };
}

function named(versions: readonly ModelVersion[], all: number): string {
  const first = versions.slice(0, NAMED).map(({ version }) => `v${version}`);
  return [...first, ...(all > first.length ? ['…'] : [])].join(' ');
}

function moreNode(place: StagePlace, missing: number): TreeNode {
  return {
    id: `more:${place.stage}:${place.model}`,
    label: `… ${t('{0} more', count(missing))}`,
    spoken: t('Show {0} more versions', count(missing)),
    tooltip: t('Show older versions'),
    context: 'more',
    open: { command: 'crisol.models.loadMore', arguments: [place] },
  };
}

function versionNode(model: Model, version: ModelVersion, now: number): TreeNode {
  const number = headline(version.metrics);
  return {
    id: `version:${model.name}:${version.version}`,
    label: `v${version.version}`,
    description: number ?? ago(version.created_at, now),
    icon: { id: 'tag' },
    tooltip: () => versionTooltip(model, version, now),
    spoken: [t('{0} version {1}, {2}', model.name, version.version, stageWord(version.stage)), number]
      .filter(Boolean)
      .join(', '),
    context: version.run_id === null ? 'version' : 'version.run',
    subject: { kind: 'version', model: model.name, version: version.version },
  };
}

/** How long it stands in its stage: older daemons say only when it was made. */
function sinceOf({ stage_since, created_at }: ModelVersion, now: number): string {
  return ago(stage_since ?? created_at, now);
}

export function headline(metrics: Record<string, MetricNumber>): string | undefined {
  const best = metricThatMatters(asList(metrics));
  return best && shortMetric(best);
}

function asList(metrics: Record<string, MetricNumber>): { key: string; value: MetricNumber }[] {
  return Object.entries(metrics).map(([key, value]) => ({ key, value }));
}

function modelTooltip(model: Model, now: number): string {
  return table(model.name, [
    [t('Description'), model.description],
    [t('Versions'), count(versionCount(model))],
    [t('Last change'), `${ago(model.updated_at, now)} (${exactTime(model.updated_at)})`],
  ]);
}

function stageOf({ stage, stage_since }: ModelVersion, now: number): string {
  if (stage_since === undefined) return stageWord(stage);
  return t('{0}, since {1} ({2})', stageWord(stage), ago(stage_since, now), exactTime(stage_since));
}

function versionTooltip(model: Model, version: ModelVersion, now: number): string {
  const { run_id } = version;
  const facts = table(`${model.name} v${version.version}`, [
    [t('Stage'), stageOf(version, now)],
    [t('Description'), version.description],
    [t('Created'), `${ago(version.created_at, now)} (${exactTime(version.created_at)})`],
    [t('By'), version.created_by],
    ...firstMetrics(asList(version.metrics)),
    [t('Run'), run_id === null ? undefined : { markdown: commandLink(run_id.slice(0, 8), 'crisol.runs.open', run_id) }],
  ]);
  const target = { kind: 'version', model: model.name, version: version.version };
  return `${facts}\n${commandLink(t('Promote…'), 'crisol.models.promote', { subject: target })}`;
}
