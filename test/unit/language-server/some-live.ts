import { Live } from '../../../language-server/live/live.ts';
import type { LiveRun, LiveValues } from '../../../schemas/language/live.ts';

const run = (name: string, f1: number, l2: string, started_at: number): LiveRun => ({
  id: `id-of-${name}`,
  name,
  started_at,
  metrics: [
    { key: 'f1_macro', value: f1 },
    { key: 'log_loss', value: 0.75 },
  ],
  params: [
    { key: 'train.l2', value: l2 },
    { key: 'train.epochs', value: name === 'calm-heron' ? '200' : '100' },
    { key: 'train.seed', value: '0' },
    { key: 'lr', value: '0.003' },
  ],
});

const newest = run('brave-otter', 0.612, '1', 200);
const best = run('calm-heron', 0.6194, '10', 100);

/** What a daemon might know of the pipelines of the golden cases. */
export const SOME_LIVE: LiveValues = {
  folder: 'file:///',
  canRun: true,
  steps: [
    { name: 'split', state: 'succeeded', seconds: 0.8, reason: 'every step runs each time', ran: 2, metrics: [] },
    { name: 'train', state: 'failed', seconds: 41, reason: 'it ended with exit code 1', ran: 2, metrics: [] },
    { name: 'evaluate', state: 'succeeded', seconds: 2, reason: '', ran: 1, metrics: newest.metrics },
    {
      name: 'fit',
      state: 'failed',
      seconds: 62,
      reason: '',
      ran: 1,
      metrics: [],
      variants: { done: 4, total: 4 },
    },
    { name: 'report', state: 'running', seconds: null, reason: '', ran: 1, metrics: [] },
  ],
  sweeps: [
    {
      name: 'tune',
      state: 'succeeded',
      reason: 'All trials are done.',
      done: 40,
      total: 40,
      best: { key: 'f1_macro', value: 0.6194 },
    },
    { name: 'search', state: 'running', reason: '', done: 3, total: null, best: null },
  ],
  runs: [newest, best],
  best: [
    { metric: 'f1_macro', run: best },
    { metric: 'log_loss', run: newest },
  ],
  models: [
    {
      name: 'match-outcome',
      versions: [
        { version: 4, stage: 'staging' },
        { version: 3, stage: 'production' },
      ],
      aliases: [{ alias: 'champion', version: 3 }],
    },
  ],
  knowsModels: true,
  monitors: [],
  show: { lenses: true, hints: true },
};

/** `#: live: {"canRun": false}` in a case changes a part of it; `#: live: null` is an editor without a daemon. */
export function liveOf(text: string, uri: string): LiveValues | null {
  const [, said = '{}'] = /^#: live: (.*)$/m.exec(text) ?? [];
  const change: Partial<LiveValues> | null = JSON.parse(said);
  const live = new Live();
  if (change) live.hear({ ...SOME_LIVE, ...change });
  return live.of(uri);
}
