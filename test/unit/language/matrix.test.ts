import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matrixOf } from '../../../schemas/language/check/step-matrix.ts';
import type { JsonObject, JsonValue } from '../../../schemas/language/json.ts';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import { expandMatrix, sizeOfProduct } from '../../../schemas/language/plan/matrix.ts';
import { findEntry } from '../../../schemas/language/syntax/tree.ts';

interface Case {
  name: string;
  input: { matrix: JsonObject };
  expected: { combinations?: JsonObject[]; error?: string };
}

const { cases }: { cases: Case[] } = JSON.parse(
  readFileSync(new URL('../../fixtures/vectors/matrix-expansion.json', import.meta.url), 'utf8'),
);

/** As it is read from a file: JSON is YAML. */
function read(matrix: JsonValue) {
  const text = `version: 1\nsteps:\n  a: ${JSON.stringify({ run: 'echo', matrix })}\n`;
  const { document, diagnostics } = parsePipelineFile(text);
  const step = findEntry(findEntry(document.root, 'steps')?.value, 'a');
  const found = step && matrixOf(step);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return { spec: found && found !== 'none' ? found.spec : null, errors };
}

describe('a matrix expands as in GitHub Actions', () => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_, { input, expected }) => {
    const { spec, errors } = read(input.matrix);
    if (expected.error !== undefined) {
      expect(errors.length).toBeGreaterThan(0);
      return;
    }
    const combinations = expected.combinations ?? [];
    expect(spec && expandMatrix(spec)).toEqual(combinations);
    expect(spec && expandMatrix(spec).map((one) => Object.keys(one))).toEqual(
      combinations.map((one) => Object.keys(one)),
    );
    // an empty list is refused, as GitHub does
    const hasEmptyList = Object.values(input.matrix).some((value) => Array.isArray(value) && value.length === 0);
    expect(errors.length > 0).toBe(combinations.length === 0 || hasEmptyList);
  });
});

const value = fc.constantFrom<JsonValue>(1, 2, 'a', 'B', true, null);
const axes = fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.array(value, { minLength: 1, maxLength: 3 }));
const maps = fc.array(fc.dictionary(fc.constantFrom('x', 'y', 'z', 'k'), value, { minKeys: 1 }), { maxLength: 4 });

describe('whatever the matrix', () => {
  const specOf = (lists: Record<string, JsonValue[]>, include: JsonObject[], exclude: JsonObject[]) => ({
    axes: Object.entries(lists),
    include,
    exclude,
  });

  it('without include and exclude it is the whole product, the first list the slowest', () => {
    fc.assert(
      fc.property(axes, (lists) => {
        const spec = specOf(lists, [], []);
        const all = expandMatrix(spec);
        expect(all).toHaveLength(sizeOfProduct(spec));
        const [[key, values] = ['', []]] = Object.entries(lists);
        const runs = values.flatMap((one) => Array.from({ length: all.length / values.length }, () => one));
        expect(all.map((one) => one[key])).toEqual(key === '' ? [] : runs);
      }),
    );
  });

  it('includes change no value of the lists, and take no combination away', () => {
    fc.assert(
      fc.property(axes, maps, maps, (lists, include, exclude) => {
        const keys = Object.keys(lists);
        const own = (one: JsonObject) => keys.map((key) => one[key]);
        const without = expandMatrix(specOf(lists, [], exclude));
        const all = expandMatrix(specOf(lists, include, exclude));
        expect(all.slice(0, without.length).map(own)).toEqual(without.map(own));
        expect(all.length).toBeLessThanOrEqual(without.length + include.length);
      }),
    );
  });

  it('excluding more leaves no more', () => {
    fc.assert(
      fc.property(axes, maps, maps, (lists, some, more) => {
        const few = expandMatrix(specOf(lists, [], [...some, ...more]));
        expect(few.length).toBeLessThanOrEqual(expandMatrix(specOf(lists, [], some)).length);
      }),
    );
  });
});
