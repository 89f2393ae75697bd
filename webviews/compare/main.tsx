import '../shared/base.css';
import './compare.css';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { PANELS_VERSION } from '../../schemas/panels/common.ts';
import type { FromComparePanel, ToComparePanel } from '../../schemas/panels/compare.ts';
import { connectHost } from '../shared/host.ts';
import { App } from './app.tsx';
import type { CompareLook } from './look.ts';
import { DEFAULT_LOOK } from './look.ts';
import { NOTHING_YET, reduce } from './state.ts';

const state = signal(NOTHING_YET);
const host = connectHost<ToComparePanel, FromComparePanel, CompareLook>(DEFAULT_LOOK, (messages) => {
  state.value = messages.reduce(reduce, state.peek());
});

render(<App state={state} host={host} />, document.getElementById('panel') ?? document.body);
host.post({ type: 'ready', version: PANELS_VERSION });
