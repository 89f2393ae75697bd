import { PANELS_VERSION } from '../../../schemas/panels/common.ts';
import type { RunState } from '../../../schemas/panels/runs.ts';
import type { PreviewOptions, WebviewPreview } from '../../support/webview-preview.ts';
import { compareStates } from './compare-states.ts';
import { logStates } from './log-states.ts';
import { pipelineStates } from './pipeline-states.ts';
import {
  answer,
  begun,
  column,
  curves,
  endpoint,
  example,
  NOW,
  pipeline,
  report,
  run,
  series,
  signature,
} from './recorded.ts';
import { runDetailStates } from './run-details-states.ts';

/** One state of one panel, as a person may meet it. */
export interface PanelState extends Pick<PreviewOptions, 'panel' | 'subject' | 'kept'> {
  name: string;
  messages: unknown[];
  act?: (preview: WebviewPreview) => Promise<void>;
}

const LONG = 'a very long value that goes on and on /with/paths/and=equals '.repeat(12);

const awkward = run(
  'f',
  {
    name: `it's a "ñandú" 🏆 & <b>more</b> ${'x'.repeat(120)}`,
    state: 'running',
    ended_at: null,
    params: Array.from({ length: 50 }, (_, at) => ({
      key: `group${at % 5}/param_${at}`,
      value: at === 3 ? LONG : `${at} – 値`,
    })),
    tags: Array.from({ length: 20 }, (_, at) => ({ key: `tag-${at}`, value: at === 0 ? LONG : `välue ${at}` })),
  },
  [
    series('loss with NaN', 60, (at) => (at > 20 && at < 30 ? 'NaN' : 1 / (at + 1))),
    series('diverged/loss', 40, (at) => (at > 25 ? 'Infinity' : at ** 3)),
    series('only NaN', 5, () => 'NaN'),
    series('constant', 30, () => 0.5),
    series('tiny', 30, (at) => at * 1e-9),
    series('negative and huge', 30, (at) => -at * 1.5e12),
    series(`metrik-${'lång'.repeat(30)}`, 30, (at) => at),
    series('NaN once', 1, () => 'NaN'),
  ],
);

const many = run(
  'e',
  {},
  Array.from({ length: 100 }, (_, at) => series(`layer${at}/grad_norm`, 200, (step) => Math.sin(step / (5 + at)) + at)),
);

function runs(name: string, run: RunState, look: object = {}, more: unknown[] = []): PanelState {
  const subject = { run_id: run.run_id };
  return {
    name: `runs: ${name}`,
    panel: 'runs',
    subject,
    kept: { version: PANELS_VERSION, subject, look },
    messages: [{ type: 'runs/all', run, pipeline: null }, ...more],
  };
}

const one = run('a', {}, curves(0));
const runStates: PanelState[] = [
  runs('one', one),
  runs('one, smoothed and logarithmic', one, { smoothing: 0.9, logarithmic: true }),
  runs('one, by time, one chart large', one, { x: 'time', large: 'valid/loss' }),
  runs('params', one, { tab: 'params' }),
  runs('results', one, { tab: 'results' }),
  runs('logs of a failed step', run('a', { state: 'failed' }, curves(0)), { tab: 'logs' }, [
    { type: 'runs/pipeline', pipeline },
  ]),
  runs('no metrics while running', run('d', { state: 'running', ended_at: null, params: [], tags: [] })),
  runs('a pipeline that has just begun', run('a', { state: 'running', ended_at: null, params: [] }), {}, [
    { type: 'runs/pipeline', pipeline: begun },
  ]),
  runs('a failed run', run('a', { state: 'failed' }, curves(0)), {}, [{ type: 'runs/pipeline', pipeline }]),
  runs('results of what was logged once', run('a', {}, curves(0).slice(3)), { tab: 'results' }),
  runs('no params', run('d', { params: [], tags: [] }), { tab: 'params' }),
  runs('awkward', awkward),
  runs('awkward params', awkward, { tab: 'params' }),
  runs('a hundred metrics', many),
  runs('away', one, {}, [{ type: 'connection', connection: 'away' }]),
  runs('stopped', one, {}, [{ type: 'connection', connection: 'stopped' }]),
  runs('gone', { run_id: 'gone', run: null, known: true, series: [] }),
  runs('deleted', { run_id: 'gone', run: null, known: true, series: [], deleted: true }),
  { name: 'runs: loading', panel: 'runs', subject: { run_id: 'a' }, messages: [] },
  runs('problem', one, {}, [
    {
      type: 'problem',
      problem: { error_code: 'DAEMON_UNREACHABLE', message: 'The daemon did not answer.', hint: 'Start it again.' },
    },
  ]),
];

const press = (preview: WebviewPreview) => preview.page.keyboard.press('Control+Enter');
const answered = async (preview: WebviewPreview) => {
  await press(preview);
  await preview.say({ type: 'endpoint/answer', ask: 1, answer, round_trip_ms: 4.8, at: NOW });
};
const refused = async (preview: WebviewPreview) => {
  await press(preview);
  const message = 'Column "home_form" is null, and this model has no answer without it.';
  await preview.say({
    type: 'endpoint/refused',
    ask: 1,
    problem: { error_code: 'ENDPOINT_INPUT_INVALID', message, hint: 'Send the inputs by name.' },
  });
};
const past = Array.from({ length: 6 }, (_, at) => ({
  record: example,
  answer,
  round_trip_ms: 3 + at,
  at: NOW - at * 1000,
}));

function trial(name: string, part: object = {}, look: object = {}, act?: PanelState['act']): PanelState {
  const subject = { name: 'match-outcome' };
  return {
    name: `endpoint: ${name}`,
    panel: 'endpoint',
    subject,
    kept: { version: PANELS_VERSION, subject, look },
    messages: [{ type: 'endpoint/state', endpoint: { ...endpoint, ...part }, signature }],
    act,
  };
}

const stopped = { state: 'stopped', url: null, version: null, model: null, requests: 0 };
const endpointStates: PanelState[] = [
  trial('ready'),
  trial('answered', {}, { past }, answered),
  trial('refused', {}, { texts: { home_form: '' } }, refused),
  trial('mistakes', {}, { texts: { home_form: 'nine', elo_difference: '9000', league: 'Ñandú League' } }),
  trial('json', {}, { mode: 'json', json: '{"league": "La Liga",\n oops' }),
  trial('starting', { state: 'starting', url: null }),
  trial('stopped', stopped),
  trial('failed', { ...stopped, state: 'failed', problem: 'The model file is damaged: protobuf parsing failed.' }),
  {
    ...trial('stopped, no model yet'),
    messages: [{ type: 'endpoint/state', endpoint: { ...endpoint, ...stopped }, signature: null }],
  },
  { ...trial('away'), messages: [...trial('').messages, { type: 'connection', connection: 'away' }] },
];

function monitor(name: string, messages: unknown[], look: object = {}): PanelState {
  const subject = { name: 'outcome-drift' };
  return {
    name: `drift: ${name}`,
    panel: 'drift',
    subject,
    kept: { version: PANELS_VERSION, subject, look },
    messages,
  };
}

const waiting = report({
  state: 'waiting',
  sentence: 'Needs 70 more requests: 30 of 100 so far.',
  rows: 30,
  column_reports: [],
  history: [],
  at: null,
});
const calm = report({
  state: 'ok',
  sentence: 'No column drifted in the last 1,000 requests',
  column_reports: [column('away_form'), column('home_form')],
  history: [],
});
const driftStates: PanelState[] = [
  monitor('drifted', [{ type: 'drift/state', monitor: report(), report: report() }]),
  monitor('drifted only, one large', [{ type: 'drift/state', monitor: report(), report: report() }], {
    onlyDrifted: true,
    large: 'home_form',
  }),
  monitor('waiting', [{ type: 'drift/state', monitor: waiting, report: waiting }]),
  monitor('no drift, filtered', [{ type: 'drift/state', monitor: calm, report: calm }], { onlyDrifted: true }),
  monitor('failed', [
    {
      type: 'drift/state',
      monitor: report({ state: 'failed', sentence: 'The reference could not be read.' }),
      report: null,
    },
  ]),
  monitor('away', [
    { type: 'drift/state', monitor: report(), report: report() },
    { type: 'connection', connection: 'away' },
  ]),
  monitor('removed', [{ type: 'drift/state', monitor: null, report: null }]),
  monitor('loading', []),
];

export const states: PanelState[] = [
  ...runStates,
  ...runDetailStates,
  ...logStates,
  ...compareStates,
  ...endpointStates,
  ...driftStates,
  ...pipelineStates,
];
