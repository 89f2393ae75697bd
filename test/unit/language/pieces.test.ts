import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePiece } from '../../../schemas/language/syntax/piece.ts';
import { readYaml } from '../../../schemas/language/syntax/read.ts';
import { newGround } from '../../../schemas/language/syntax/tree.ts';
import { anyText } from './any-text.ts';
import { plainTree } from './plain-tree.ts';
import { yamlText } from './yaml-text.ts';

/** The text read at once, never cut. */
function whole(text: string) {
  const base = text.startsWith('\uFEFF') ? 1 : 0;
  return parsePiece({ text: text.slice(base), ground: newGround(base) });
}

function check(text: string): void {
  const { tree, pieces } = readYaml(text);
  const { root, problems, missing, broken } = whole(text);
  if (!pieces) return;
  expect(pieces.pieces.some(({ content }) => content.broken)).toBe(broken);
  if (broken) return;
  expect(plainTree(tree.root)).toEqual(plainTree(root));
  const byPlace = (all: typeof problems) => all.map(({ span, message }) => `${span} ${message}`).sort();
  expect(byPlace(tree.problems)).toEqual(byPlace([...problems, ...missing]));
}

describe('a text read piece by piece', () => {
  it.each([
    ['text', anyText],
    ['YAML', yamlText],
  ])('is what it is as a whole: any %s', (_what, texts) => {
    fc.assert(fc.property(texts, check), { numRuns: 2000 });
  });
});
