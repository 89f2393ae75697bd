import type { MonitorState, MonitorSummary } from '../../schemas/wire/monitoring.ts';
import { t } from '../texts.ts';
import { commandLink, table } from './markdown.ts';
import type { MonitorsModel } from './monitors-model.ts';
import type { Icon, TreeNode } from './node.ts';
import { joined } from './node.ts';
import { ago, count, exactTime, metric } from './words.ts';

const ICONS: Record<MonitorState, Icon> = {
  waiting: { id: 'circle-outline', color: 'disabledForeground' },
  ok: { id: 'pass', color: 'charts.green' },
  drift: { id: 'warning', color: 'list.warningForeground' },
  failed: { id: 'error', color: 'testing.iconFailed' },
};

export function monitorNodes(model: MonitorsModel, now: number): TreeNode[] {
  return model.monitors().map((monitor) => {
    const description = monitorDescription(monitor);
    return {
      // another row once it has columns below it: VS Code would keep the old one folded
      id: `monitor:${monitor.name}${monitor.drifted.length > 0 ? ':drift' : ''}`,
      label: monitor.name,
      description,
      icon: ICONS[monitor.state],
      tooltip: monitorTooltip(monitor, now),
      spoken: t('Monitor {0}, {1}', monitor.name, joined(stateWord(monitor.state), description)),
      context: 'monitor',
      open: { command: 'crisol.monitors.show', arguments: [monitor.name] },
      subject: { kind: 'monitor', name: monitor.name },
      collapsed: false,
      children: monitor.drifted.length > 0 ? monitor.drifted.map((column) => columnNode(monitor, column)) : undefined,
    };
  });
}

function monitorDescription({ state, drifted, columns, sentence }: MonitorSummary): string {
  if (state === 'drift') return t('{0} of {1} columns', drifted.length, columns);
  if (state === 'failed') return sentence;
  if (state === 'waiting') return t('waits for requests');
  return t('no drift');
}

function stateWord(state: MonitorState): string {
  const words: Record<MonitorState, string> = {
    waiting: t('waiting'),
    ok: t('ok'),
    drift: t('drift'),
    failed: t('failed'),
  };
  return words[state];
}

type DriftedColumn = MonitorSummary['drifted'][number];

function columnNode(monitor: MonitorSummary, column: DriftedColumn): TreeNode {
  const { name, test, effect, threshold } = column;
  // a statistic of KS drifts above its threshold, PSI from it on
  const found = `${testName(test)} ${metric(effect)} ${test === 'ks' ? '>' : '≥'} ${threshold}`;
  return {
    id: `column:${monitor.name}:${name}`,
    label: name,
    description: found,
    icon: { id: 'graph-line', color: 'list.warningForeground' },
    tooltip: columnTooltip(monitor, column),
    spoken: t('Column {0} drifted, {1}', name, found),
    open: { command: 'crisol.monitors.show', arguments: [monitor.name] },
    subject: { kind: 'monitor', name: monitor.name },
  };
}

function columnTooltip(monitor: MonitorSummary, { name, test, effect, threshold, p_value }: DriftedColumn): string {
  const facts = table(name, [
    [t('Test'), testName(test)],
    [t('Effect'), metric(effect)],
    [t('Threshold'), String(threshold)],
    ['p', p_value == null ? undefined : pValue(p_value)],
    [t('Requests'), count(monitor.rows)],
  ]);
  const links = [
    commandLink(t('Show drift report'), 'crisol.monitors.show', monitor.name),
    commandLink(t('Set threshold…'), 'crisol.monitors.setThreshold', monitor.name),
  ];
  return `${facts}\n${links.join(' · ')}`;
}

function pValue(p: number): string {
  return p < 0.0001 ? '< 0.0001' : p.toFixed(4);
}

/** What the effect is measured with: KS' own statistic; a chi-square test is judged by its PSI. */
function testName(test: string): string {
  const names: Record<string, string> = { ks: 'KS', chi_square: 'PSI', psi: 'PSI' };
  return names[test] ?? test;
}

function monitorTooltip(monitor: MonitorSummary, now: number): string {
  const { name, at } = monitor;
  const facts = table(name, [
    [t('State'), stateWord(monitor.state)],
    [t('Found'), monitor.sentence],
    [t('Endpoint'), monitor.endpoint],
    [t('Looked at'), at === null ? undefined : `${ago(at, now)} (${exactTime(at)})`],
  ]);
  return `${facts}\n${commandLink(t('Show drift report'), 'crisol.monitors.show', name)}`;
}
