import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blocksOf, byBlock } from '../../../schemas/language/blocks.ts';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import { findEntry } from '../../../schemas/language/syntax/tree.ts';
import { projectOf } from '../../../tools/bench/language/project.ts';

const stepsOf = (root: Parameters<typeof findEntry>[0]) => {
  const steps = findEntry(root, 'steps')?.value;
  return steps?.kind === 'map' ? steps.entries : [];
};

it('of a long list only the block around a change is made anew', () => {
  const lengths = byBlock((block: readonly { key: string }[]) => [block.length]);
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 398 }), fc.boolean(), (step, isLine) => {
      const text = projectOf(400);
      const file = parsePipelineFile(text);
      const before = blocksOf(stepsOf(file.document.root));
      const at = text.indexOf(`step-${step}:\n`) + `step-${step}:\n`.length;
      const after = `${text.slice(0, at)}${isLine ? '    # a line\n' : ' '}${text.slice(at)}`;
      const { document } = parsePipelineFile(after, { before: file });
      const blocks = blocksOf(stepsOf(document.root));
      // numbers are compared: of trees that differ the description takes minutes
      expect(before.length).toBeGreaterThan(5);
      expect(blocks.filter((block) => !before.includes(block)).length).toBe(1);
      expect(lengths(stepsOf(document.root)).reduce((sum, length) => sum + length, 0)).toBe(400);
    }),
    { numRuns: 6 },
  );
});

it('blocks stay few and short where a file grows and shrinks', () => {
  const [head = '', ...steps] = projectOf(300).split(/(?=^ {2}step-)/m);
  const change = fc.record({ at: fc.nat(250), isMore: fc.boolean() });
  fc.assert(
    fc.property(fc.array(change, { minLength: 20, maxLength: 20 }), (changes) => {
      const now = [...steps];
      let file = parsePipelineFile(head + now.join(''));
      for (const { at, isMore } of changes) {
        if (isMore) now.splice(at, 0, ...steps.slice(0, 30));
        else now.splice(at, 20);
        file = parsePipelineFile(head + now.join(''), { before: file });
      }
      const lengths = blocksOf(stepsOf(file.document.root)).map((block) => block.length);
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(now.length);
      expect(Math.max(0, ...lengths)).toBeLessThan(128);
      expect(lengths.length).toBeLessThan(60);
    }),
    { numRuns: 4 },
  );
});
