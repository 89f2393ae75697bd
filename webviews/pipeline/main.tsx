import '../shared/base.css';
import './pipeline.css';
import './graph/graph.css';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { PANELS_VERSION } from '../../schemas/panels/common.ts';
import type { FromPipelinePanel, ToPipelinePanel } from '../../schemas/panels/pipeline.ts';
import { connectHost } from '../shared/host.ts';
import { App } from './app.tsx';
import type { PipelineLook } from './look.ts';
import { DEFAULT_LOOK } from './look.ts';
import { NOTHING, reduce } from './state.ts';

const state = signal(NOTHING);
const host = connectHost<ToPipelinePanel, FromPipelinePanel, PipelineLook>(DEFAULT_LOOK, (messages) => {
  state.value = messages.reduce(reduce, state.peek());
});

render(<App state={state} host={host} />, document.getElementById('panel') ?? document.body);
host.post({ type: 'ready', version: PANELS_VERSION });
