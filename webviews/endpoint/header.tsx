import type { VNode } from 'preact';
import type { FromEndpointPanel } from '../../schemas/panels/endpoint.ts';
import type { Endpoint, EndpointState } from '../../schemas/wire/serving.ts';
import { formatCount, formatMilliseconds } from '../shared/format.ts';
import type { Host } from '../shared/host.ts';
import { Problem } from '../shared/states.tsx';
import { Button } from '../shared/toolkit.ts';
import { StateMark } from '../shared/work-state.tsx';
import type { EndpointLook } from './look.ts';
import type { EndpointPanelState } from './state.ts';

const LOOKS: Record<EndpointState, { sign: string; word: string; tone: string }> = {
  stopped: { sign: '○', word: 'Stopped', tone: 'quiet' },
  starting: { sign: '◌', word: 'Starting…', tone: 'busy' },
  ready: { sign: '●', word: 'Ready', tone: 'good' },
  failed: { sign: '✗', word: 'Failed', tone: 'bad' },
};

/** Whether what went wrong is what the endpoint itself says, which stands below its name. */
export function isOfEndpoint({ problem, endpoint }: EndpointPanelState): boolean {
  return problem !== null && problem.message === endpoint?.problem;
}

export interface HeaderProps {
  state: EndpointPanelState;
  endpoint: Endpoint;
  host: Host<FromEndpointPanel, EndpointLook>;
}

export function Header(props: HeaderProps): VNode {
  const { endpoint, state } = props;
  const here = state.connection === 'connected';
  return (
    <header class="head">
      <div class="title">
        <h1>{endpoint.name}</h1>
        {here ? <Switch {...props} /> : null}
      </div>
      <div class="head-facts">
        <StateMark {...lookOf(state, endpoint)} />
        <span title={endpoint.version === null ? undefined : `${endpoint.model} v${endpoint.version}`}>
          {endpoint.model_ref}
          {endpoint.version === null ? null : <b> v{endpoint.version}</b>}
        </span>
        {endpoint.requests > 0 ? <Traffic endpoint={endpoint} /> : null}
        {here && endpoint.url ? <Address url={endpoint.url} host={props.host} /> : null}
      </div>
      <EndpointProblem {...props} />
    </header>
  );
}

/** Endpoints end with their daemon: what was ready when it was last heard of is not now. */
function lookOf({ connection }: EndpointPanelState, { state }: Endpoint) {
  if (connection === 'connected') return LOOKS[state];
  return connection === 'away' ? { sign: '◌', word: 'Unknown', tone: 'quiet' } : LOOKS.stopped;
}

function Switch({ endpoint: { state, problem }, host }: HeaderProps): VNode {
  const running = state === 'ready' || state === 'starting';
  return (
    <>
      {problem ? <Button onPress={() => host.post({ type: 'endpoint/promote' })}>Promote a version…</Button> : null}
      {running ? (
        <Button onPress={() => host.post({ type: 'endpoint/stop' })}>Stop</Button>
      ) : (
        <Button look="primary" onPress={() => host.post({ type: 'endpoint/start' })}>
          Start endpoint
        </Button>
      )}
    </>
  );
}

function Address({ url, host }: { url: string; host: HeaderProps['host'] }): VNode {
  return (
    <Button
      look="icon"
      title="Copy the address"
      label={`Copy the address ${url}`}
      onPress={() => host.post({ type: 'copy', text: url, what: 'the address' })}
    >
      <code>{url}</code>
    </Button>
  );
}

/** What to do about it is known only of what was tried here. */
function EndpointProblem({ state, endpoint }: HeaderProps): VNode | null {
  if (state.problem && isOfEndpoint(state)) return <Problem problem={state.problem} />;
  if (!endpoint.problem) return null;
  return (
    <div class="problem" role="alert">
      {endpoint.problem}
    </div>
  );
}

function Traffic({ endpoint: { requests, errors, p50_ms, p99_ms } }: { endpoint: Endpoint }): VNode {
  return (
    <span title={p50_ms === null ? undefined : `p50 ${formatMilliseconds(p50_ms)}`}>
      {formatCount(requests, 'request')}, {formatCount(errors, 'error')}
      {p99_ms === null ? null : ` · p99 ${formatMilliseconds(p99_ms)}`}
    </span>
  );
}
