import '../shared/base.css';
import './table.css';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { PANELS_VERSION } from '../../schemas/panels/common.ts';
import type { FromTablePanel, ToTablePanel } from '../../schemas/panels/table.ts';
import { connectHost } from '../shared/host.ts';
import { App } from './app.tsx';
import type { TableLook } from './look.ts';
import { DEFAULT_LOOK } from './look.ts';
import { noTable, reduce } from './state.ts';

const state = signal(noTable());
const host = connectHost<ToTablePanel, FromTablePanel, TableLook>(DEFAULT_LOOK, (messages) => {
  state.value = messages.reduce(reduce, state.peek());
});

const panel = document.getElementById('panel') ?? document.body;
panel.classList.add('fills');
render(<App state={state} host={host} />, panel);
host.post({ type: 'ready', version: PANELS_VERSION });
