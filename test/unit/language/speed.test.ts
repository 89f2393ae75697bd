import { expect, it } from 'vitest';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';

/** 10 lines a step. */
function project(steps: number): string {
  const step = (at: number) => `  step-${at}:
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
  return `version: 1\nparams: {l2: 1}\nsteps:\n${Array.from({ length: steps }, (_, at) => step(at)).join('')}`;
}

it('500 lines are checked within a key stroke', () => {
  const text = project(50);
  const times = Array.from({ length: 60 }, () => {
    const started = performance.now();
    expect(parsePipelineFile(text).diagnostics).toEqual([]);
    return performance.now() - started;
  });
  // the best of many: what a busy machine adds is not ours
  expect(Math.min(...times)).toBeLessThan(20);
});
