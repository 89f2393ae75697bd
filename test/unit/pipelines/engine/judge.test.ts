import { expect, test } from 'vitest';
import { judge, withoutDeps } from '../../../../daemon/pipelines/engine/judge.ts';

const reason = (code: number, said: string) => judge({ code, how: 'exited' }, said, '').reason;

test('a step that fails says what its script said last, and what a person can do where that is known', () => {
  expect(reason(1, 'ValueError: y contains 1 class')).toBe('it ended with exit code 1: ValueError: y contains 1 class');
  expect(reason(3, '')).toBe('it ended with exit code 3');
  expect(reason(1, 'EOFError: EOF when reading a line')).toMatch(/a step has no input: take it from params/);
  const unknown = 'there is no command `pyhton`: correct its name, or install it (exit code 127)';
  expect(reason(127, '/bin/sh: 1: eval: pyhton: not found')).toBe(unknown);
  expect(reason(127, 'bash: line 1: pyhton: command not found')).toBe(unknown);
  expect(reason(127, 'the model was not found')).toBe('it ended with exit code 127: the model was not found');
});

test('what a failed step names among its deps and is not there is said, too', () => {
  const file = { kind: 'file', sha256: 'a', bytes: 1, executable: false } as const;
  expect(withoutDeps('it failed', [{ path: 'a.csv', digest: file }])).toBe('it failed');
  const gone = { path: 'data/b.csv', digest: null };
  expect(withoutDeps('it failed', [gone])).toBe('it failed (its deps name data/b.csv, which is not there)');
  expect(withoutDeps('it failed', [gone, { path: 'c.csv', digest: null }])).toBe(
    'it failed (its deps name data/b.csv and 1 more, which are not there)',
  );
});
