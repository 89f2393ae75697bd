/** Examples of the reference page, one a section. Together they have every key of the grammar; a test sees to both. */
export const EXAMPLES: Record<string, string> = {
  file: `version: 1
name: match-outcome
include: [features.crisol.yaml]
params: params.yaml
env: {PYTHONHASHSEED: "0"}
x-defaults: &defaults {env: {LOG: debug}}
`,
  datasets: `datasets:
  matches:
    path: data/matches.csv
    description: One row a match, since 2008.
    checks:
      - rows: {min: 500, max: 100000}
      - {column: home_goals, type: integer, not_null: true, between: [0, 20]}
      - {column: result, in: [home, draw, away]}
      - {column: season, matches: "^20[0-9]{2}$"}
      - {unique: [match_id]}
`,
  features: `features:
  team_form:
    entity: team
    timestamp: kicked_off_at
    ttl: 90d
    sql: features/team_form.sql
    description: Points of the last five matches.
`,
  steps: `params: {train: {seed: 7}}
steps:
  prepare:
    run: python src/prepare.py --seed \${{ params.train.seed }}
    deps: [src/prepare.py, data/matches.csv]
    outs: [build/train.csv, build/test.csv]
    metrics: build/rows.json
    plots: [build/seasons.csv]
    params: [train.seed]
    env: {PYTHONHASHSEED: "0"}
    timeout: 30m
    retry: {limit: 2, backoff: 10s, on: [failure, timeout]}
    resources: {cpus: 1, memory: 2Gi, gpus: 0}
    executor: local
  validate:
    run: python src/validate.py
    folds:
      kind: stratified_grouped
      data: data/matches.csv
      k: 5
      target: result
      group: season
      shuffle: true
      seed: 7
  validate-by-time:
    run: python src/validate.py
    folds: {kind: time_series, data: data/matches.csv, by: kicked_off_at, gap: 10, test_rows: 100, max_train_rows: 1000}
  validate-once:
    run: python src/validate.py
    folds: {kind: holdout, data: data/matches.csv, share: 0.25}
  train:
    uses: train
    with: {data: build/train.csv, target: result, out: build/model}
    needs: [prepare]
  score:
    run: python src/score.py
    if: \${{ success() }}
    matrix:
      league: [es, en]
      include: [{league: de}]
      exclude: [{league: en}]
      max-parallel: 2
      fail-fast: false
    best: maximize accuracy
`,
  split: `steps:
  split:
    uses: split
    with: {data: data/matches.csv, train: build/train.csv, test: build/test.csv, target: result, share: 0.2, seed: 7}
  split-by-season:
    uses: split
    with: {data: data/matches.csv, by: season, train_until: 2020, test_until: 2022, train: build/old.csv, test: build/new.csv}
`,
  train: `steps:
  train:
    uses: train
    with:
      data: build/train.csv
      target: result
      out: build/model
      algorithm: logistic_regression
      exclude: [match_id, home_goals]
      l2: 1
      epochs: 200
      validation: 0.1
      seed: 7
`,
  evaluate: `steps:
  evaluate:
    uses: evaluate
    with: {model: build/model, data: build/test.csv, out: build/metrics.json}
`,
  register: `steps:
  register:
    uses: register
    with:
      name: match-outcome
      model: build/model
      metrics: build/metrics.json
      stage: staging
      description: Knows the league.
`,
  sweeps: `steps:
  train: {run: python src/train.py, outs: [build/model]}
sweeps:
  tune:
    step: train
    goal: maximize f1_macro
    space:
      lr: {log: [0.01, 0.3]}
      depth: {int: [2, 8], step: 2}
      dropout: {float: [0, 0.5]}
      kind: {choice: [gbdt, linear]}
      trees: {int: [8, 512], scale: log}
    sampler: tpe
    pruner: asha
    pruning: {first: 1, reduction: 4}
    trials: 40
    parallel: 2
    seed: 7
  tune-longer:
    step: train
    goal: minimize loss
    space: {lr: {log: [0.001, 0.3]}}
    pruner: percentile
    pruning: {keep: 25, startup: 5, warmup: 3, every: 2}
  tune-bounded:
    step: train
    goal: minimize loss
    space: {lr: {log: [0.001, 0.3]}}
    pruner: threshold
    pruning: {lower: 0, upper: 100}
  tune-patiently:
    step: train
    goal: minimize loss
    space: {lr: {log: [0.001, 0.3]}}
    pruner: patience
    pruning: {patience: 10, min_delta: 0.001}
`,
  models: `models:
  match-outcome:
    owners: [data-team]
    promote:
      development: {}
      staging:
        gates: [{metric: f1_macro, min: 0.5}]
      production:
        gates:
          - {metric: f1_macro, vs: production, min_delta: 0}
          - {metric: bias, max: 0.1}
          - {latency_p50_ms: {max: 10}, latency_p95_ms: {max: 50}, latency_p99_ms: {max: 100}}
        approvals: {count: 1, not_author: true}
      archived: {}
`,
  endpoints: `endpoints:
  match-outcome:
    model: match-outcome@production
    traffic:
      strategy: canary
      challenger: match-outcome@staging
      steps: [5%, 25%, 100%]
      every: 10m
      rollback_if: {error_rate: "> 1%", p99_ms: "> 100"}
`,
  monitors: `endpoints:
  match-outcome: {model: match-outcome@production}
monitors:
  outcome-drift:
    endpoint: match-outcome
    window: {last: 1000}
    every: 30s
    drift: {test: auto, threshold: 0.1, columns: [home_form, league]}
    concept: {detector: adwin, threshold: 0.05}
    performance: {metric: f1_macro, max_drop: 0.05}
`,
  on: `params: {train: {lr: 0.1, full: false, league: es}}
steps:
  train:
    run: python src/train.py --lr \${{ params.train.lr }}
    params: [train.full, train.league]
datasets:
  matches: {path: data/matches.csv}
endpoints:
  match-outcome: {model: match-outcome@production}
monitors:
  outcome-drift: {endpoint: match-outcome}
on:
  schedule:
    - {cron: "0 3 * * *", timezone: Europe/Madrid, overlap: skip, catchup: one}
    - {name: weekly, cron: "@weekly", params: {train.full: true}}
  drift: [{monitor: outcome-drift, cooldown: 6h}]
  data: [{dataset: matches, cooldown: 1h, name: new-matches, steps: [train]}]
  manual:
    retrain:
      description: Train again with another learning rate.
      steps: train
      overlap: queue
      inputs:
        train.lr: {type: number, description: How fast it learns., required: true}
        train.full: {type: boolean, default: true}
        train.league: {type: choice, options: [es, en]}
    release: {}
`,
};

/** As a whole file: \`version\` is needed, and left out above where it says nothing. */
export const asFile = (example: string): string =>
  example.startsWith('version:') ? example : `version: 1\n${example}`;
