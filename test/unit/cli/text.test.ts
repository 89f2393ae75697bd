import { describe, expect, test } from 'vitest';
import { ago, count, headline, indented, metricText, pairs, printable, table } from '../../../daemon/cli/text.ts';

test('a name cannot steer the terminal', () => {
  expect(printable('a\u001b]0;title\u0007\tb\nc\u202e ñ ⚽')).toBe('a\ufffd]0;title\ufffd\tb\nc\ufffd ñ ⚽');
});

describe('a table', () => {
  test('has its columns below each other, numbers at the right, and no blanks at the ends of lines', () => {
    const rows = [
      ['one', '3', ''],
      ['twenty', '1,200', 'why'],
    ];
    expect(table(['name', { right: 'rows' }, 'note'], rows)).toBe(
      ['name     rows  note', 'one         3', 'twenty  1,200  why'].join('\n'),
    );
  });

  test('without rows has its titles', () => {
    expect(table(['name', 'state'], [])).toBe('name  state');
  });
});

test('pairs stand one a line', () => {
  expect(
    pairs([
      ['daemon', 'here'],
      ['at', 'home'],
    ]),
  ).toBe('  daemon  here\n  at      home');
});

test.for([
  [-5, 'just now'],
  [59_999, 'just now'],
  [60_000, '1 minute ago'],
  [7_200_000, '2 hours ago'],
  [86_400_000 * 3, '3 days ago'],
] as const)('%i ms before now is %s', ([ms, text]) => {
  expect(ago(1_000_000_000 - ms, 1_000_000_000)).toBe(text);
});

test.for([
  [0.639215, '0.6392'],
  [0.7, '0.7000'],
  [3, '3'],
  [12_345.678, '12345.7'],
  [0.00001234, '1.23e-5'],
  [123_456_789, '1.23e+8'],
  ['NaN', 'NaN'],
] as const)('a metric of %s is written %s', ([value, text]) => {
  expect(metricText(value)).toBe(text);
});

test('the metrics that most people look at come first, others fill up', () => {
  expect(
    headline([
      ['bias', 1],
      ['accuracy', 0.5],
      ['zeal', 2],
      ['f1_macro', 0.25],
    ]),
  ).toBe('f1_macro 0.2500  accuracy 0.5000  bias 1');
  expect(headline([])).toBe('');
});

test('counts agree with their word', () => {
  expect([count(1, 'request'), count(1500, 'request')]).toEqual(['1 request', '1,500 requests']);
});

test('empty lines stay empty when a text is indented', () => {
  expect(indented('a\n\nb')).toBe('  a\n\n  b');
});
