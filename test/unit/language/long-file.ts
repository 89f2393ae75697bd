import fc from 'fast-check';

const open = '$' + '{{';

/** Steps of all kinds, right ones and such as have something wrong with them. */
const STEPS: ((step: number) => string)[] = [
  (step) => `  s${step}:
    uses: train
    with: {data: build/${step}.csv, target: result, l2: "${open} params.l2 }}", out: build/${step + 1}.csv}
`,
  (step) => `  s${step}:
    run: echo ${open} steps.s${step - 1}.outs[0] }} ${open} params.no }} # why
    needs: [s${step - 1}]
    outs: [build/${step + 1}.csv, logs/a/${step % 7}]
`,
  (step) => `  "s${step}":
    if: params.l2 > ${step} && true
    run: |
      python s.py ${open} matrix.depth }} ${open} matrix.no }}

    matrix: {depth: [1, on], exclude: [{no: 1}]}
    env: {A: "${open} env.B }}", B: x, TOKEN: abcdefghijkl1234567890}

`,
  (step) => `  s${step}: &s${step}
    uses: trian
    deps: [logs, build/${step}.csv, no/${step}.csv]
    params: [l2, no.where]
`,
  (step) => `  s${step}:
    <<: *anchor
    run: echo
    run: twice
`,
  (step) => `  s${step}: {run: echo, outs: [logs/a], needs: s${step + 3}}
`,
  (step) => `  s${step - 1}:
    uses: evaluate
    with: *with # shared
    nothing: known
`,
  (step) => `  s${step}:
`,
  // broken
  (step) => `  s${step}:
    run: "open
`,
];

const HEAD = `version: 1
params: {l2: 1, idle: 2}
x-with: &with {data: "${open} params.l2 }}.csv", model: build/model}
x-base: &anchor {retry: 2, deps: [logs/a]}
`;

const textOf = (kinds: readonly number[]): string => {
  const steps = kinds.map((kind, step) => STEPS[kind]?.(step) ?? '');
  return `${HEAD}steps:\n${steps.join('')}endpoints: {e: {model: m@production}}\n`;
};

/** Mostly the first kinds: what is broken holds diagnostics back. */
const kind = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom(0) },
  { weight: 10, arbitrary: fc.nat(STEPS.length - 2) },
  { weight: 1, arbitrary: fc.nat(STEPS.length - 1) },
);

/** A file of some hundred steps: long lists are made of blocks there. */
export const longFile: fc.Arbitrary<string> = fc
  .record({ kinds: fc.array(kind, { minLength: 1, maxLength: 12 }), steps: fc.integer({ min: 60, max: 300 }) })
  .map(({ kinds, steps }) =>
    textOf(Array.from({ length: steps }, (_, step) => kinds[(step * step) % kinds.length] ?? 0)),
  );
