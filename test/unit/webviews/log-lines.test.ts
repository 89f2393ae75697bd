import { expect, test } from 'vitest';
import { styledOutput } from '../../../schemas/styled-output.ts';
import { matchesIn, shownLines, turned, unfoldedAt } from '../../../webviews/runs/log/lines.ts';

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
  expect([turned(3, 2, 1), turned(3, 0, -1), turned(0, 0, 1)]).toEqual([0, 2, 0]);
});
