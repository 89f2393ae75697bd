import { expect, it } from 'vitest';
import { select } from '../../../../daemon/pipelines/planning/selection.ts';
import { plannedStep } from '../../../support/planned-step.ts';

const step = (name: string, ...needs: string[]) => plannedStep({ name, needs });
const plan = [step('split'), step('train', 'split'), step('lint'), step('evaluate', 'train', 'split')];
const names = (steps?: string[], from?: string[]) => select(plan, { steps, from }).map(({ name }) => name);

it('takes all steps when none is named', () => {
  expect(names()).toEqual(['split', 'train', 'lint', 'evaluate']);
  expect(names([])).toHaveLength(4);
});

it('takes what a step needs, and what that needs, in the order of the plan', () => {
  expect(names(['evaluate'])).toEqual(['split', 'train', 'evaluate']);
  expect(names(['lint', 'train', 'train'])).toEqual(['split', 'train', 'lint']);
});

it('takes from a step on all that wait for it, and leaves what it needs as it is', () => {
  expect(names([], ['train'])).toEqual(['train', 'evaluate']);
  expect(names(undefined, ['split'])).toEqual(['split', 'train', 'evaluate']);
  expect(names(['lint'], ['evaluate'])).toEqual(['lint', 'evaluate']);
});

it('names the steps that there are when it is asked for another', () => {
  expect(() => names(['trian'])).toThrow(
    expect.objectContaining({ code: 'PIPELINE_STEP_UNKNOWN', message: expect.stringContaining('split, train, lint') }),
  );
  expect(() => names([], ['nobody'])).toThrow(expect.objectContaining({ code: 'PIPELINE_STEP_UNKNOWN' }));
});
