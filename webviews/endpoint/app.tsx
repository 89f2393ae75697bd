import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { FromEndpointPanel } from '../../schemas/panels/endpoint.ts';
import type { FeatureRecord } from '../../schemas/wire/serving.ts';
import type { Host } from '../shared/host.ts';
import { Empty, Loading, Shell } from '../shared/states.tsx';
import { Answer } from './answer.tsx';
import { Header, isOfEndpoint } from './header.tsx';
import { InputPane } from './input-pane.tsx';
import type { EndpointLook } from './look.ts';
import { PastRequests } from './past.tsx';
import { readRequest } from './request.ts';
import type { EndpointPanelState } from './state.ts';
import { ask } from './state.ts';

export interface AppProps {
  state: Signal<EndpointPanelState>;
  host: Host<FromEndpointPanel, EndpointLook>;
  /** the records of questions that are not answered yet */
  sent: Map<number, FeatureRecord>;
}

export function App(props: AppProps): VNode {
  const state = props.state.value;
  return (
    <Shell
      connection={state.connection}
      problem={isOfEndpoint(state) ? null : state.problem}
      onStart={() => props.host.post({ type: 'start-daemon' })}
    >
      {state.endpoint ? <Content {...props} /> : state.problem ? null : <Loading what="Loading the endpoint…" />}
    </Shell>
  );
}

function Content({ state: signal, host, sent }: AppProps): VNode | null {
  const state = signal.value;
  const { endpoint, signature } = state;
  if (!endpoint) return null;
  if (!signature) {
    return (
      <>
        <Header state={state} endpoint={endpoint} host={host} />
        <Empty>The form appears as soon as the endpoint has its model.</Empty>
      </>
    );
  }
  const request = readRequest(host.look.value, signature);
  const ready = endpoint.state === 'ready' && state.connection === 'connected';
  const predict = () => {
    if (!ready || !request.record) return;
    signal.value = ask(signal.peek());
    sent.set(signal.peek().asked, request.record);
    host.post({ type: 'endpoint/predict', ask: signal.peek().asked, record: request.record });
  };
  return (
    <>
      <Shortcut act={predict} />
      <Header state={state} endpoint={endpoint} host={host} />
      <div class="try">
        <InputPane signature={signature} state={state} request={request} ready={ready} predict={predict} host={host} />
        <div class="outcome">
          <Answer state={state} />
          <PastRequests host={host} />
        </div>
      </div>
    </>
  );
}

/** Ctrl+Enter anywhere in the panel presses the button. */
function Shortcut({ act }: { act: () => void }): null {
  const newest = useRef(act);
  newest.current = act;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      newest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return null;
}
