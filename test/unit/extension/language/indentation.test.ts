import { expect, test } from 'vitest';
import { ENTER_RULES } from '../../../../extension/language/indentation.ts';

/** By how many columns the next line stands further in than the one that Enter ends. */
function furtherIn(line: string): number {
  const rule = ENTER_RULES.find(({ beforeText }) => beforeText.test(line));
  return rule ? 2 + (rule.action.appendText ?? '').length : 0;
}

test.each([
  ['steps:', 2],
  ['  train:', 2],
  ['  train: # the first', 2],
  ['  "a key: of words":', 2],
  ['    run: |', 2],
  ['    run: >-', 2],
  ['  defaults: &shared', 2],
  ['    - name:', 4],
])('Enter after %j goes %d columns in', (line, columns) => {
  expect(furtherIn(line)).toBe(columns);
});

test.each([
  '',
  '  train: {uses: train}',
  '    run: echo done:',
  '    run: echo',
  '# note:',
  '    - build/train.parquet',
  '    - name: tiny',
  '  {a:',
  '  "steps:',
  'version: 1 # it is:',
])('Enter after %j stays in its column', (line) => {
  expect(furtherIn(line)).toBe(0);
});
