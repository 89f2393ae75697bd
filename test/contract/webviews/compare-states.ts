import { PANELS_VERSION } from '../../../schemas/panels/common.ts';
import type { ComparedRun, RunOrigin } from '../../../schemas/panels/compare.ts';
import type { RunSource } from '../../../schemas/wire/run-source.ts';
import { curves, NOW, run, series } from './recorded.ts';

/** A grid search: lr and depth vary, of five metrics one is better the nearer lr is to 0.03. */
export function gridSearch(runs: number, points: number): ComparedRun[] {
  return Array.from({ length: runs }, (_, at) => {
    const lr = 10 ** (-4 + (at % 20) / 5);
    const depth = 2 + (at % 7);
    const optimizer = ['adam', 'sgd', 'rmsprop'][at % 3] ?? 'adam';
    const skill = 1 / (1 + Math.abs(Math.log10(lr / 0.03))) + depth * 0.01;
    const noise = (step: number) => Math.sin(step * 1.7 + at) * 0.02 + Math.sin(step * 0.31 * (1 + (at % 5))) * 0.02;
    const learnt = (step: number) => skill * (1 - Math.exp((-5 * step) / points)) + noise(step);
    const names = ['train/loss', 'valid/loss', 'accuracy', 'f1_macro', 'gradient_norm'];
    const all = names.map((name, k) =>
      series(name, points, (step) =>
        name.endsWith('loss') ? 1.3 - learnt(step) + k * 0.05 : learnt(step) * (1 - k * 0.03),
      ),
    );
    const params = { learning_rate: lr.toPrecision(3), depth: String(depth), optimizer, seed: '7' };
    const detail = {
      name: `trial-${at}`,
      started_at: NOW - 3_600_000 + at * 10_000,
      ended_at: NOW - 3_000_000 + at * 10_000,
      params: Object.entries(params).map(([key, value]) => ({ key, value })),
    };
    return run(String(at).padStart(4, '0'), detail, all);
  });
}

export function source(part: Partial<RunSource> = {}): RunSource {
  return {
    user: 'ana',
    entry: 'src/train.py',
    git: {
      commit: '4f2d9a7c11e05b6d8f901223344556677889900a',
      branch: 'main',
      dirty: false,
      diff: '',
      diff_complete: true,
      untracked: [],
    },
    programs: [
      {
        command: ['python', 'src/train.py'],
        cwd: '/srv/ana/match-outcome',
        interpreter: '/usr/bin/python3.12',
        language: 'Python 3.12',
        packages: [
          { name: 'mlflow', version: '3.17.2' },
          { name: 'scikit-learn', version: '1.9.0' },
        ],
      },
    ],
    machine: { host: 'lab', os: 'Linux', arch: 'x64', cpu: 'Xeon', cpus: 8, memory_bytes: 2 ** 34 },
    ...part,
  };
}

export const three: ComparedRun[] = [
  run('a', { name: 'brave-otter' }, curves(0)),
  run(
    'b',
    {
      name: 'calm-heron',
      params: [
        { key: 'train.algorithm', value: 'logistic' },
        { key: 'train.learning_rate', value: '0.3' },
        { key: 'train.l2', value: '0.001' },
      ],
    },
    curves(1),
  ),
  run('c', { name: 'shy-lynx', state: 'running', ended_at: null }, curves(2).slice(0, 5)),
];

const DIFF =
  'diff --git a/src/train.py b/src/train.py\n--- a/src/train.py\n+++ b/src/train.py\n@@ -1 +1 @@\n-lr = 0.1\n+lr = 0.3\n';

export const origins: RunOrigin[] = [
  {
    run_id: three[0]?.run_id ?? '',
    source: source(),
    inputs: {
      datasets: [
        {
          name: 'matches',
          digest: 'a1b2c3d4',
          source_type: 'local',
          source: '{"uri":"data/matches.csv"}',
          context: 'training',
        },
      ],
      model_ids: [],
    },
  },
  {
    run_id: three[1]?.run_id ?? '',
    source: source({
      git: {
        ...source().git,
        commit: '9'.repeat(40),
        branch: 'l2',
        dirty: true,
        diff: DIFF,
        diff_complete: true,
        untracked: [],
      },
      programs: source().programs.map((program) => ({
        ...program,
        packages: [
          { name: 'mlflow', version: '3.17.2' },
          { name: 'scikit-learn', version: '1.9.1' },
          { name: 'numpy', version: '2.4.0' },
        ],
      })),
    }),
    inputs: {
      datasets: [
        {
          name: 'matches',
          digest: 'e5f60718',
          source_type: 'local',
          source: '{"uri":"data/matches.csv"}',
          context: 'training',
        },
      ],
      model_ids: [],
    },
  },
];

function compare(name: string, runs: ComparedRun[], look: object = {}, more: unknown[] = []) {
  const subject = { run_ids: runs.map(({ run_id }) => run_id) };
  return {
    name: `compare: ${name}`,
    panel: 'compare' as const,
    subject,
    kept: { version: PANELS_VERSION, subject, look },
    messages: [{ type: 'compare/runs', runs, total: runs.length }, ...more],
  };
}

const grid = gridSearch(40, 60);
const told = origins.map((origin) => ({ type: 'compare/origin', origin }));
const unheard = { run_id: 'unheard', run: null, known: false, series: [] };

export const compareStates = [
  compare('three', three),
  compare('three, smoothed, zoomed, by time, one large', three, {
    smoothing: 0.9,
    x: 'relative',
    xRange: [5, 15],
    yRanges: { 'train/loss': [0.3, 1] },
    large: 'train/loss',
  }),
  compare('three, logarithmic both ways, by time of day', three, { logX: true, logY: true, x: 'time' }),
  compare('grid search', grid),
  compare('grid search in parallel coordinates', grid, {
    tab: 'parallel',
    brushes: { 'metric:f1_macro': { from: 0.5, to: 2 }, 'param:optimizer': { words: ['adam', 'rmsprop'] } },
  }),
  compare('grid search scattered', grid, { tab: 'scatter' }),
  compare('grid search scattered by words', grid, { tab: 'scatter', scatterX: 'param:optimizer', colourBy: 'none' }),
  compare('table', three, { tab: 'table' }),
  compare('what changed', three, { tab: 'changes', baseline: three[0]?.run_id, other: three[1]?.run_id }, told),
  compare('what changed, not known yet', three, { tab: 'changes' }),
  compare('nothing in parallel', three.slice(0, 1), { tab: 'parallel' }),
  compare('no metrics', [run('a', { state: 'running', ended_at: null }), run('b')]),
  compare('all outside the brushes', three, { brushes: { 'metric:accuracy': { from: 5, to: 6 } } }),
  compare('away', three, {}, [{ type: 'connection', connection: 'away' }]),
  compare('some still to come', [...three, unheard]),
  compare('gone', [{ run_id: 'gone', run: null, known: true, series: [] }]),
  { ...compare('loading', []), messages: [] },
];
