import type { Endpoint, EndpointState } from '../../schemas/wire/serving.ts';
import { t } from '../texts.ts';
import type { EndpointsModel } from './endpoints-model.ts';
import { commandLink, table } from './markdown.ts';
import type { Icon, TreeNode } from './node.ts';
import { joined } from './node.ts';
import { ago, count } from './words.ts';

const ICONS: Record<EndpointState, Icon> = {
  stopped: { id: 'circle-outline', color: 'disabledForeground' },
  starting: { id: 'sync~spin', color: 'charts.blue' },
  ready: { id: 'radio-tower', color: 'charts.green' },
  failed: { id: 'error', color: 'testing.iconFailed' },
};

/** It serves, but not what it should: the tooltip says why. */
const TROUBLED: Icon = { id: 'warning', color: 'list.warningForeground' };

/** Endpoints end with their daemon, whatever was last heard of them. */
export function endpointNodes(model: EndpointsModel, now: number, stopped = false): TreeNode[] {
  return model.endpoints().map((heard) => {
    const endpoint: Endpoint = stopped ? { ...heard, state: 'stopped', url: null, problem: null } : heard;
    const description = endpointDescription(endpoint);
    return {
      id: `endpoint:${endpoint.name}`,
      label: endpoint.name,
      description,
      icon: trouble(endpoint) ? TROUBLED : ICONS[endpoint.state],
      tooltip: endpointTooltip(endpoint, now),
      spoken: t(
        'Endpoint {0}, {1}',
        endpoint.name,
        joined(...new Set([endpointWord(endpoint.state), ...description.split(' · '), trouble(endpoint)])),
      ),
      context: `endpoint.${endpoint.state}`,
      open: { command: 'crisol.endpoints.try', arguments: [endpoint.name] },
      subject: { kind: 'endpoint', name: endpoint.name },
    };
  });
}

function trouble({ state, problem }: Endpoint): string | undefined {
  return state === 'ready' ? (problem ?? undefined) : undefined;
}

export function endpointWord(state: EndpointState): string {
  const words: Record<EndpointState, string> = {
    stopped: t('stopped'),
    starting: t('starting'),
    ready: t('ready'),
    failed: t('failed'),
  };
  return words[state];
}

function endpointDescription(endpoint: Endpoint): string {
  const version = endpoint.version === null ? undefined : `v${endpoint.version}`;
  if (endpoint.state === 'ready') return joined(version, traffic(endpoint));
  if (endpoint.state === 'failed') return endpoint.problem ?? t('failed');
  return joined(endpointWord(endpoint.state), shortReference(endpoint));
}

/** An endpoint is mostly called as its model: then the stage alone says it. */
function shortReference({ name, model_ref }: Endpoint): string {
  return model_ref.startsWith(`${name}@`) ? model_ref.slice(name.length + 1) : model_ref;
}

/** One number: errors, if there are any. The tooltip has all of them, and what they are counted from. */
function traffic({ requests, errors }: Endpoint): string {
  if (errors > 0) return errorCount(errors);
  return requests === 0 ? t('no requests') : requestCount(requests);
}

function requestCount(requests: number): string {
  return requests === 1 ? t('1 request') : t('{0} requests', count(requests));
}

function errorCount(errors: number): string {
  return errors === 1 ? t('1 error') : t('{0} errors', count(errors));
}

function counted({ requests, errors }: Endpoint): string {
  return requests === 0 ? t('none since it started') : `${count(requests)}, ${errorCount(errors)}`;
}

function milliseconds(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

function endpointTooltip(endpoint: Endpoint, now: number): string {
  const { name, version, model, started_at, p50_ms, p99_ms } = endpoint;
  const facts = table(name, [
    [t('State'), endpointWord(endpoint.state)],
    [t('Problem'), endpoint.problem ?? undefined],
    [t('Serves'), model === null ? endpoint.model_ref : `${model} v${version} (${endpoint.model_ref})`],
    [t('Address'), endpoint.url ?? undefined],
    [t('Started'), started_at === null ? undefined : ago(started_at, now)],
    [t('Requests'), endpoint.url === null ? undefined : counted(endpoint)],
    [
      t('Latency'),
      p50_ms === null || p99_ms === null ? undefined : `p50 ${milliseconds(p50_ms)}, p99 ${milliseconds(p99_ms)}`,
    ],
  ]);
  return `${facts}\n${endpointLinks(endpoint).join(' · ')}`;
}

function endpointLinks({ name, state }: Endpoint): string[] {
  if (state !== 'ready') return [commandLink(t('Start'), 'crisol.endpoints.start', name)];
  return [
    commandLink(t('Try it'), 'crisol.endpoints.try', name),
    commandLink(t('Copy as curl'), 'crisol.endpoints.copyCurl', name),
    commandLink(t('Stop'), 'crisol.endpoints.stop', name),
  ];
}
