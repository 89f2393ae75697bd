import '../shared/base.css';
import './runs.css';
import './details.css';
import './log/log.css';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { PANELS_VERSION } from '../../schemas/panels/common.ts';
import type { FromRunsPanel, ToRunsPanel } from '../../schemas/panels/runs.ts';
import { connectHost } from '../shared/host.ts';
import { App } from './app.tsx';
import type { RunsLook } from './look.ts';
import { DEFAULT_LOOK } from './look.ts';
import { NO_RUNS, reduce } from './state.ts';

const state = signal(NO_RUNS);
const host = connectHost<ToRunsPanel, FromRunsPanel, RunsLook>(DEFAULT_LOOK, (messages) => {
  state.value = messages.reduce(reduce, state.peek());
});

render(<App state={state} host={host} />, document.getElementById('panel') ?? document.body);
host.post({ type: 'ready', version: PANELS_VERSION });
