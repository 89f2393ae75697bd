const LINES_A_STEP = 10;

/** A valid crisol.yaml of so many steps, each of which reads what the one before wrote, on ten lines each. */
export function projectOf(steps: number): string {
  const all = Array.from({ length: steps }, (_, at) => stepAt(at)).join('');
  return `version: 1\nname: bench\nparams: {l2: 1}\nsteps:\n${all}`;
}

/** Where a step's `uses: train` ends: what is typed there is a mistake until it is taken back. */
export function typedIn(step: number, character = 0): { line: number; character: number } {
  return { line: 4 + step * LINES_A_STEP + 1, character: '    uses: train'.length + character };
}

const stepAt = (at: number) => `  step-${at}:
    uses: train
    with:
      data: build/data-${at}.csv # the rows
      target: result
      l2: \${{ params.l2 }}
      out: build/data-${at + 1}.csv
    env:
      SEED: "1"
      NAME: step ${at}
`;
