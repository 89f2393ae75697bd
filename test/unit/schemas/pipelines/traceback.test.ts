import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureIn } from '../../../../schemas/pipelines/traceback.ts';

const FOLDER = new URL('../../../fixtures/printed/tracebacks/', import.meta.url);
const printed = (name: string): string => readFileSync(new URL(`${name}.txt`, FOLDER), 'utf8');

/** `error @ file:line in name < …`, the innermost first; what else there was below it. */
function told(output: string): string[] {
  const failure = failureIn(output);
  if (!failure) return [];
  return [failure, ...failure.others].map(({ error, frames }) => {
    const places = frames.map((frame) => `${frame.file.split('/').pop()}:${frame.line} ${frame.in ?? '?'}`).reverse();
    return `${error} @ ${places.slice(0, 4).join(' < ')}`;
  });
}

describe('what Python printed', () => {
  test.each<[string, string[]]>([
    ['plain', ['ZeroDivisionError: division by zero @ plain.py:2 fit < plain.py:5 main < plain.py:7 <module>']],
    [
      'chained',
      [
        'ValueError: no column goals @ chained.py:8 main < chained.py:10 <module>',
        "KeyError: 'goals' @ chained.py:2 read < chained.py:6 main",
      ],
    ],
    [
      'context',
      [
        "FileNotFoundError: [Errno 2] No such file or directory: '/nowhere/at/all' @ context.py:4 <module>",
        "ValueError: invalid literal for int() with base 10: 'x' @ context.py:2 <module>",
      ],
    ],
    ['syntax', ["SyntaxError: '(' was never closed @ syntax.py:2 ?"]],
    ['imports', ["SyntaxError: '(' was never closed @ syntax.py:2 ? < imports.py:1 <module>"]],
    [
      'group',
      [
        'ExceptionGroup: bad rows (2 sub-exceptions) @ group.py:11 main < group.py:13 <module>',
        'ValueError: row 0 @ group.py:2 check < group.py:8 main',
        'ValueError: row 1 @ group.py:2 check < group.py:8 main',
      ],
    ],
    [
      'library',
      [
        'json.decoder.JSONDecodeError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1) @ decoder.py:353 raw_decode < decoder.py:337 decode < __init__.py:346 loads < library.py:3 <module>',
      ],
    ],
    [
      'recursion',
      [
        'RecursionError: maximum recursion depth exceeded @ recursion.py:2 f < recursion.py:2 f < recursion.py:2 f < recursion.py:3 <module>',
      ],
    ],
    ['multiline', ['RuntimeError: first line @ multiline.py:1 <module>']],
    ['assertion', ['AssertionError @ assertion.py:1 <module>']],
    ['custom', ['Missing @ custom.py:2 <module>']],
  ])('of %s is understood', (name, expected) => {
    expect(told(printed(name)).map((one) => one.replace('__main__.', ''))).toEqual(expected);
  });

  test('is understood in colours, after other output, and however Windows ends its lines', () => {
    const output = `epoch 1\r\n${printed('plain').replaceAll('\n', '\r\n')}\r\n\u001b[31mended\u001b[0m\r\n`;
    expect(told(output)).toEqual(told(printed('plain')));
  });
});

test('a folder may be called anything', () => {
  const output =
    'Traceback (most recent call last):\n  File "/it\'s a "ñandú" 🏆/x.py", line 3, in f\nValueError: no\n';
  expect(failureIn(output)?.frames).toEqual([{ file: '/it\'s a "ñandú" 🏆/x.py', line: 3, in: 'f' }]);
});

test('an exception that a program told and went on after is not why it ended', () => {
  expect(failureIn(`${printed('plain')}${'epoch\n'.repeat(30)}`)).toBeNull();
});

test.each(['', 'ValueError: no', '  File "x.py", line 3\nand so on', 'Traceback (most recent call last):\n'])(
  '%j is no traceback',
  (output) => {
    expect(failureIn(output)).toBeNull();
  },
);

test('where the output was cut or mixed, nothing is made up', () => {
  const lines = readdirSync(FOLDER).flatMap((name) => readFileSync(new URL(name, FOLDER), 'utf8').split('\n'));
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 40 }), (mixed) => {
      const failure = failureIn(mixed.join('\n'));
      for (const { error, frames } of failure ? [failure, ...failure.others] : []) {
        expect(mixed.some((line) => line.endsWith(error))).toBe(true);
        for (const { line } of frames) expect(line).toBeGreaterThan(0);
      }
    }),
    { seed: 20260101, numRuns: 300 },
  );
});
