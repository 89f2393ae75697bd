import '../shared/base.css';
import './drift.css';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { PANELS_VERSION } from '../../schemas/panels/common.ts';
import type { FromDriftPanel, ToDriftPanel } from '../../schemas/panels/drift.ts';
import { connectHost } from '../shared/host.ts';
import { App } from './app.tsx';
import type { DriftLook } from './look.ts';
import { DEFAULT_LOOK } from './look.ts';
import { NOTHING, reduce } from './state.ts';

const state = signal(NOTHING);
const host = connectHost<ToDriftPanel, FromDriftPanel, DriftLook>(DEFAULT_LOOK, (messages) => {
  state.value = messages.reduce(reduce, state.peek());
});

render(<App state={state} host={host} />, document.getElementById('panel') ?? document.body);
host.post({ type: 'ready', version: PANELS_VERSION });
