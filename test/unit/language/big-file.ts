/** A file in all styles of YAML, ten lines a step, always the same for the same number. */
export function bigFile(steps: number): string {
  const at = Array.from({ length: steps }, (_, step) => step);
  return [HEAD, ...at.map((step) => STYLES[step % STYLES.length]?.(step) ?? ''), TAIL].join('');
}

const open = '$' + '{{';

const HEAD = `# ${'a long line '.repeat(50)}
version: 1
name: big 🚀
params:
  seed: 7
  paths: &paths [data/one.csv, "data/two.csv"]
  deep: {er: {est: 1.5e-3}}
x-env: &env
  A: "1"
  B: ${open} params.seed }}
x-base: &base {env: *env, retry: 2}
env: {LIST: "${open} join(params.paths) }}"}

steps:
`;

const before = (step: number) => (step < 5 ? 'data/start.csv' : `build/s${step - 5}.csv`);

const STYLES: ((step: number) => string)[] = [
  (step) => `  s${step}: # block
    run: |
      # a comment of the script
      python s.py --seed ${open} params.seed }} \\
        --rate ${open} params.deep.er.est }}
    deps:
      - ${before(step)}
      # a comment among paths
      - 'src/s${step}.py'
    outs: build/s${step}.csv
`,
  (step) => `  "s${step}": {
    <<: *base, # merged
    run: "python s.py # no comment",
    deps: *paths,
    outs: [build/s${step}.csv],
    if: "params.seed > 3 &&
      success()"
    # before the end
  }

`,
  (step) => `  s${step}:
    <<: [*base]
    run: >-
      python s.py
      --name "${open} format('{0}-${step}', params.seed) }}"

    needs: []
    env: {C: 'it''s', D: "\\u00e9"}
    deps: [${before(step)}, "data/ü ${step}.csv"]
    outs: build/s${step}.csv
`,
  (step) => `  s${step}:
    uses: split
    with:
      data: ${before(step)}
      train: build/s${step}.csv
      test: "build/t${step}-${open} params.seed }}.csv"
      seed: ${open} params.seed }}
      share: 0.25
    # the end of s${step}

`,
  (step) => `  ? s${step}
  : run: python s.py ${open} matrix.depth }}
    deps:
    - ${before(step)}
    outs:
    - build/s${step}.csv
    matrix:
      depth: [1, 2]
      exclude:
        - {depth: 1}
`,
];

const TAIL = `endpoints: {e: {model: m@production}}
monitors:
  m: {endpoint: e, every: 1h}
`;
