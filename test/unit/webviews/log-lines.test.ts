import { expect, test } from 'vitest';
import { styledOutput } from '../../../schemas/styled-output.ts';
import { matchesIn, nextMatch, shownLines, unfoldedAt } from '../../../webviews/runs/log/lines.ts';

const lines = styledOutput('a\n::group::Fit\nloss 3\n::group::Inner\nloss 2\n::endgroup::\n::endgroup::\nend');

test('a folded phase hides what belongs to it, and nothing else', () => {
  expect(shownLines(lines, new Set())).toEqual([0, 1, 2, 3, 4, 5]);
  expect(shownLines(lines, new Set([3]))).toEqual([0, 1, 2, 3, 5]);
  expect(shownLines(lines, new Set([1, 3]))).toEqual([0, 1, 5]);
});

test('words are found whatever their case, also in what is folded, which opens for them', () => {
  expect(matchesIn(lines, 'LOSS')).toEqual([2, 4]);
  expect(matchesIn(lines, '')).toEqual([]);
  expect(unfoldedAt(4, lines, new Set([1, 3]))).toEqual(new Set());
  expect(unfoldedAt(2, lines, new Set([1, 3]))).toEqual(new Set([3]));
  expect(matchesIn(styledOutput('(a.b)\n(axb)'), '(A.')).toEqual([0]);
});

test('one goes on from the line that was found, also when others came before it', () => {
  const numbered = (first: number) => lines.map((line, at) => ({ ...line, id: first + at }));
  for (const first of [0, 100]) {
    const all = numbered(first);
    const matches = matchesIn(all, 'loss');
    expect(nextMatch(all, matches, -Infinity, 1)).toBe(2);
    expect(nextMatch(all, matches, first + 2, 1)).toBe(4);
    expect(nextMatch(all, matches, first + 4, 1)).toBeUndefined();
    expect(nextMatch(all, matches, first + 4, -1)).toBe(2);
    expect(nextMatch(all, matches, first + 2, -1)).toBeUndefined();
  }
});
