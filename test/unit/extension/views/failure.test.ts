import { expect, test } from 'vitest';
import { causeWords, failureWords, retryOf } from '../../../../extension/views/failure.ts';
import { step } from './some.ts';

test('a failure is told with its reason and how the output ends', () => {
  const tail = 'Traceback (most recent call last):\n  File "train.py", line 12, in <module>\nValueError: one class\n';
  const failed = step('train', 'failed', { reason: 'ValueError: one class', tail });
  expect(failureWords(failed, 0)).toBe(
    'Step train failed: ValueError: one class · File "train.py", line 12, in <module>',
  );
  expect(failureWords(step('train', 'failed', { reason: 'exit code 1' }), 2)).toBe(
    'Step train failed: exit code 1 · 2 more steps failed',
  );
  expect(failureWords(step('a', 'failed', { tail: 'x'.repeat(500) }), 1)).toMatch(
    /^Step a failed · 1 more step failed · x{159}…$/,
  );
});

test('a whole pipeline is tried again from what failed, and a part of it as it was asked for', () => {
  const failed = [step('train (1)', 'failed', { of: 'train' }), step('train (2)', 'failed', { of: 'train' })];
  expect(retryOf({ params: { l2: '3' } }, failed)).toEqual({ params: { l2: '3' }, from: ['train'] });
  expect(retryOf({ steps: ['report'] }, failed)).toEqual({ steps: ['report'] });
});

test.each([
  [{ kind: 'schedule', name: 'nightly' }, 'Schedule nightly'],
  [{ kind: 'data', name: 'matches' }, 'New data in matches'],
  [{ kind: 'drift', name: 'outcome' }, 'Drift of outcome'],
  [{ kind: 'trigger', name: 'retrain' }, 'Trigger retrain'],
  [{ kind: 'manual' }, undefined],
  [undefined, undefined],
] as const)('what began by itself is told: %j', (cause, words) => {
  expect(causeWords(cause)).toBe(words);
});
