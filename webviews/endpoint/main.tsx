import '../shared/base.css';
import './endpoint.css';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { PANELS_VERSION } from '../../schemas/panels/common.ts';
import type { FromEndpointPanel, ToEndpointPanel } from '../../schemas/panels/endpoint.ts';
import { connectHost } from '../shared/host.ts';
import { App } from './app.tsx';
import type { EndpointLook } from './look.ts';
import { DEFAULT_LOOK, remember } from './look.ts';
import { NOTHING, reduce } from './state.ts';

const state = signal(NOTHING);
const records = new Map<number, EndpointLook['past'][number]['record']>();

const host = connectHost<ToEndpointPanel, FromEndpointPanel, EndpointLook>(DEFAULT_LOOK, (messages) => {
  state.value = messages.reduce(reduce, state.peek());
  for (const message of messages) {
    if (message.type !== 'endpoint/answer') continue;
    const record = records.get(message.ask);
    records.delete(message.ask);
    const { answer, round_trip_ms, at } = message;
    if (record) host.keep({ past: remember(host.look.peek().past, { record, answer, round_trip_ms, at }) });
  }
});

render(<App state={state} host={host} sent={records} />, document.getElementById('panel') ?? document.body);
host.post({ type: 'ready', version: PANELS_VERSION });
