import type { Signature } from '../../../schemas/model.ts';
import type { RunState } from '../../../schemas/panels/runs.ts';
import type { MetricNumber } from '../../../schemas/wire/common.ts';
import type { ColumnDrift, DriftReport } from '../../../schemas/wire/monitoring.ts';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import type { Endpoint } from '../../../schemas/wire/serving.ts';
import type { MetricSeries, RunDetail } from '../../../schemas/wire/tracking.ts';

/** Now, as far as the recordings go. */
export const NOW = Date.UTC(2026, 4, 1, 12);

export function series(key: string, count: number, valueAt: (at: number) => MetricNumber): MetricSeries {
  const points = Array.from({ length: count }, (_, at): [number, number, MetricNumber] => [
    at,
    NOW - 60_000 + at * 100,
    valueAt(at),
  ]);
  return { key, total: count, points };
}

export function run(id: string, part: Partial<RunDetail> = {}, all: MetricSeries[] = []): RunState {
  const detail: RunDetail = {
    run_id: id.padEnd(32, '0'),
    experiment_id: '1',
    experiment_name: 'match-outcome',
    name: 'brave-otter',
    state: 'succeeded',
    started_at: NOW - 60_000,
    ended_at: NOW,
    user: 'ana',
    metrics: [],
    params: [
      { key: 'train.algorithm', value: 'logistic' },
      { key: 'train.learning_rate', value: '0.1' },
      { key: 'train.seed', value: '7' },
    ],
    tags: [
      { key: 'crisol.pipeline', value: 'match-outcome' },
      { key: 'mlflow.source.git.branch', value: 'main' },
      { key: 'mlflow.source.git.commit', value: '4f2d9a7c11e0' },
      { key: 'team', value: 'data' },
    ],
    ...part,
  };
  return { run_id: detail.run_id, run: detail, known: true, series: all };
}

export function curves(shift: number): MetricSeries[] {
  return [
    series(
      'train/loss',
      300,
      (at) => 1.1 * Math.exp(-at / (60 + shift * 20)) + 0.4 + Math.sin(at * (3 + shift)) * 0.02,
    ),
    series('valid/loss', 300, (at) => 1.1 * Math.exp(-at / 70) + 0.47 + shift * 0.02 + Math.cos(at * 2) * 0.01),
    series('valid/f1_macro', 60, (at) => 0.62 - 0.3 * Math.exp(-at / (15 + shift * 8))),
    series('accuracy', 1, () => 0.6213 + shift * 0.004),
    series('f1_macro', 1, () => 0.6011 - shift * 0.007),
    series('log_loss', 1, () => 0.8412),
  ];
}

export const pipeline: PipelineRun = {
  run_id: 'a'.padEnd(32, '0'),
  pipeline: 'match-outcome',
  name: 'brave-otter',
  state: 'failed',
  python: 'Python 3.12.1, .venv/bin/python (of the workspace)',
  started_at: NOW - 60_000,
  ended_at: NOW,
  steps: [
    {
      name: 'split',
      state: 'succeeded',
      cached: true,
      reason: 'nothing changed',
      note: 'build/rows.json, line 3: there is no number in it',
      started_at: NOW,
      seconds: 0.01,
    },
    {
      name: 'train',
      state: 'failed',
      cached: false,
      reason: 'exit code 1',
      started_at: NOW,
      seconds: 41.2,
      tail: 'Traceback (most recent call last):\n  File "src/train.py", line 12, in <module>\nValueError: y contains 1 class',
    },
    { name: 'evaluate', state: 'skipped', cached: false, reason: 'train failed', started_at: null, seconds: null },
  ],
};

export const begun: PipelineRun = {
  ...pipeline,
  state: 'running',
  ended_at: null,
  steps: ['split', 'train', 'evaluate', 'register'].map((name, at) => ({
    name,
    state: at === 0 ? 'succeeded' : at === 1 ? 'running' : 'pending',
    cached: false,
    reason: 'every step runs each time',
    started_at: at < 2 ? NOW - 4000 : null,
    seconds: at === 0 ? 0.6 : null,
  })),
};

export const signature: Signature = {
  inputs: [
    {
      name: 'league',
      kind: 'category',
      categories: ['La Liga', 'Premier League', 'Serie A', 'Süper Lig'],
      example: 'La Liga',
    },
    { name: 'home_form', kind: 'number', min: 0, max: 15, integer: true, example: 9 },
    { name: 'away_form', kind: 'number', min: 0, max: 15, integer: true, example: 6 },
    { name: 'elo_difference', kind: 'number', min: -412.5, max: 398.25, integer: false, example: 35.5 },
    {
      name: 'average_attendance_of_the_home_team_in_the_last_ten_matches',
      kind: 'number',
      min: 0,
      max: 1,
      integer: false,
      example: 0.42,
    },
  ],
  target: 'result',
  classes: ['home', 'draw', 'away'],
  outputs: { label: 'label', probabilities: 'probabilities' },
};

/** What the endpoint is asked when its examples are sent, and what it answers. */
export const example = {
  league: 'La Liga',
  home_form: 9,
  away_form: 6,
  elo_difference: 35.5,
  average_attendance_of_the_home_team_in_the_last_ten_matches: 0.42,
};
export const answer = {
  label: 'home',
  probabilities: { home: 0.612, draw: 0.231, away: 0.157 },
  model: 'match-outcome',
  version: 3,
  latency_ms: 0.41,
};

export const endpoint: Endpoint = {
  name: 'match-outcome',
  model_ref: 'match-outcome@production',
  state: 'ready',
  model: 'match-outcome',
  version: 3,
  url: 'http://127.0.0.1:41234',
  started_at: NOW,
  requests: 1204,
  errors: 2,
  p50_ms: 0.42,
  p99_ms: 5.8,
  problem: null,
};

export function column(name: string, part: Partial<ColumnDrift> = {}): ColumnDrift {
  return {
    name,
    kind: 'number',
    state: 'ok',
    note: '',
    test: 'ks',
    statistic: 0.031,
    p_value: 0.41,
    effect: 0.031,
    effect_name: 'KS statistic',
    threshold: 0.1,
    psi: 0.012,
    reference_rows: 4000,
    current_rows: 1000,
    bins: {
      labels: ['0–1', '1–3', '3–4', '4–6', '6–7', '7–9', '9–10', '10–12', '12–13', '13–15'],
      reference: [120, 260, 410, 620, 740, 690, 520, 350, 190, 100],
      current: [28, 70, 99, 160, 180, 170, 131, 90, 47, 25],
    },
    ...part,
  };
}

function reportedColumns(): ColumnDrift[] {
  return [
    column('home_form', {
      state: 'drift',
      statistic: 0.182,
      effect: 0.182,
      p_value: 3e-12,
      psi: 0.31,
      bins: {
        labels: ['0–3', '3–6', '6–9', '9–12', '12–15'],
        reference: [380, 1030, 1430, 870, 290],
        current: [20, 110, 240, 340, 290],
      },
    }),
    column('league', {
      kind: 'category',
      state: 'drift',
      test: 'chi_square',
      statistic: 61.2,
      effect: 0.27,
      effect_name: 'PSI',
      p_value: 0.0031,
      psi: 0.27,
      note: 'New: Süper Lig, 日本リーグ',
      bins: {
        labels: ['La Liga', 'Premier League', 'Serie A', 'Süper Lig', '日本リーグ'],
        reference: [1800, 1400, 800, 0, 0],
        current: [320, 250, 200, 180, 50],
      },
    }),
    column('away_form'),
    column('stadium_roof', {
      state: 'unknown',
      note: 'Constant in the reference: nothing to compare.',
      statistic: null,
      p_value: null,
      effect: null,
      psi: null,
      bins: null,
    }),
  ];
}

export function report(part: Partial<DriftReport> = {}): DriftReport {
  return {
    name: 'outcome-drift',
    endpoint: 'match-outcome',
    state: 'drift',
    sentence: '2 of 4 columns drifted in the last 1,000 requests; most: home_form',
    drifted: [{ name: 'home_form', test: 'ks', effect: 0.182, threshold: 0.1 }],
    columns: 4,
    rows: 1000,
    at: NOW,
    model: 'match-outcome',
    version: 3,
    threshold: 0.1,
    share: 0.5,
    column_reports: reportedColumns(),
    history: Array.from({ length: 12 }, (_, at) => ({
      at: NOW - (12 - at) * 30_000,
      share: at < 6 ? 0 : at < 9 ? 0.25 : 0.5,
      effects: { home_form: 0.03 + at * 0.014, away_form: 0.03, league: 0.05 + at * 0.02 },
    })),
    ...part,
  };
}
