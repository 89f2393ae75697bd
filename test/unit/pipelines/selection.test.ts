import { expect, it } from 'vitest';
import { select } from '../../../daemon/pipelines/selection.ts';
import type { PlannedStep } from '../../../schemas/language/index.ts';

const step = (name: string, ...needs: string[]): PlannedStep => ({
  name,
  needs,
  work: { kind: 'run', command: 'true' },
  reads: [],
  writes: [],
  params: [],
  env: {},
});
const plan = [step('split'), step('train', 'split'), step('lint'), step('evaluate', 'train', 'split')];
const names = (wanted?: string[]) => select(plan, wanted).map(({ name }) => name);

it('takes all steps when none is named', () => {
  expect(names()).toEqual(['split', 'train', 'lint', 'evaluate']);
  expect(names([])).toHaveLength(4);
});

it('takes what a step needs, and what that needs, in the order of the plan', () => {
  expect(names(['evaluate'])).toEqual(['split', 'train', 'evaluate']);
  expect(names(['lint', 'train', 'train'])).toEqual(['split', 'train', 'lint']);
});

it('names the steps that there are when it is asked for another', () => {
  expect(() => names(['trian'])).toThrow(
    expect.objectContaining({ code: 'PIPELINE_STEP_UNKNOWN', message: expect.stringContaining('split, train, lint') }),
  );
});
