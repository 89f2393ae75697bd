import type { RunTablePage } from '../../../schemas/wire/run-table.ts';
import { NOW } from './recorded.ts';

const NAMES = ['brave-otter', 'calm-heron', 'shy-lynx', 'quick-newt', 'old-crane'];
const OPTIMIZERS = ['adam', 'sgd', 'rmsprop'];

/** Runs of a grid search from one number to another, newest first. */
export function tablePage(from: number, to: number, part: Partial<RunTablePage> = {}): RunTablePage {
  const numbers = Array.from({ length: to - from }, (_, at) => from + at);
  const of = <T>(make: (at: number) => T) => numbers.map(make);
  const loss = (at: number) => 0.3 + ((at * 7919) % 997) / 2000;
  return {
    run_ids: of(runId),
    names: of((at) => `${NAMES[at % NAMES.length]}-${at}`),
    states: of((at) => (at === 0 ? 'running' : at % 37 === 5 ? 'failed' : 'succeeded')),
    users: of(() => 'ana'),
    started_at: of((at) => NOW - at * 60_000 - 5000),
    ended_at: of((at) => (at === 0 ? null : NOW - at * 60_000 + ((at * 31) % 90) * 1000)),
    artifact_root: 'mlflow-artifacts:/1',
    params: [
      { key: 'batch_size', values: of((at) => String(16 << (at % 4))) },
      { key: 'lr', values: of((at) => String(0.1 / (1 + (at % 9)))) },
      { key: 'optimizer', values: of((at) => OPTIMIZERS[at % OPTIMIZERS.length] ?? '') },
      { key: 'seed', values: of(() => '7') },
    ],
    tags: [
      { key: 'mlflow.source.git.branch', values: of(() => 'main') },
      {
        key: 'team',
        at: numbers.flatMap((at, place) => (at % 3 === 0 ? [place] : [])),
        values: numbers.filter((at) => at % 3 === 0).map(() => 'data'),
      },
    ],
    metrics: [
      { key: 'accuracy', last: of((at) => (at % 41 === 9 ? 'NaN' : 0.9 - loss(at) / 5)), step: of(() => 0) },
      {
        key: 'val/loss',
        last: of(loss),
        step: of(() => 99),
        long: {
          at: of((at) => at - from),
          least: of((at) => loss(at) * 0.9),
          least_step: of((at) => at % 100),
          greatest: of((at) => loss(at) * 3),
          greatest_step: of(() => 0),
        },
      },
    ],
    datasets: { at: [], name: [], digest: [], context: [] },
    ...part,
  };
}

export function runId(at: number): string {
  return ((at + 1) * 2654435761).toString(16).padStart(32, '0');
}

export const tableExperiment = { experiment_id: '1', name: 'match-outcome', run_count: 120, updated_at: NOW };

export const experiment = { type: 'table/experiment', experiment: tableExperiment };

/** Everything that there is. */
export const all = (...pages: RunTablePage[]) => [
  experiment,
  { type: 'table/begin' },
  ...pages.map((page) => ({ type: 'table/page', page })),
  { type: 'table/end' },
];

/** What the daemon answers: a curve that falls, with a gap. */
export function curvesOf(run_ids: string[], total = 9) {
  const points = Array.from({ length: total }, (_, step) => [step, NOW, step === 4 ? 'NaN' : 9 - step]);
  return {
    type: 'table/curves',
    runs: run_ids.map((run_id) => ({ run_id, series: [{ key: 'val/loss', total, points }] })),
  };
}
