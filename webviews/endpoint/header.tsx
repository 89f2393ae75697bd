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
  const { endpoint, host } = props;
  const { state, url } = endpoint;
  const running = state === 'ready' || state === 'starting';
  return (
    <header class="head">
      <h1>{endpoint.name}</h1>
      <div class="head-facts">
        <StateMark {...LOOKS[state]} />
        {endpoint.version === null ? null : (
          <span>
            {endpoint.model} <b>v{endpoint.version}</b>
          </span>
        )}
        <span class="muted">serves {endpoint.model_ref}</span>
        {endpoint.requests > 0 ? <Traffic endpoint={endpoint} /> : null}
        {url ? (
          <Button
            look="icon"
            title="Copy the address"
            label={`Copy the address ${url}`}
            onPress={() => host.post({ type: 'copy', text: url, what: 'the address' })}
          >
            <code>{url}</code>
          </Button>
        ) : null}
        {running ? (
          <Button onPress={() => host.post({ type: 'endpoint/stop' })}>Stop</Button>
        ) : (
          <Button look="primary" onPress={() => host.post({ type: 'endpoint/start' })}>
            Start endpoint
          </Button>
        )}
        {endpoint.problem ? (
          <Button onPress={() => host.post({ type: 'endpoint/promote' })}>Promote a version…</Button>
        ) : null}
      </div>
      <EndpointProblem {...props} />
    </header>
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
    <span>
      {formatCount(requests, 'request')}, {formatCount(errors, 'error')}
      {p50_ms === null ? null : ` · p50 ${formatMilliseconds(p50_ms)}`}
      {p99_ms === null ? null : ` · p99 ${formatMilliseconds(p99_ms)}`}
    </span>
  );
}
