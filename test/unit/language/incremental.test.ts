import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePipelineFile, trying } from '../../../schemas/language/parse.ts';
import { anyText } from './any-text.ts';
import type { Edit } from './edits.ts';
import { edit, edited } from './edits.ts';
import { longFile } from './long-file.ts';
import { plainFile } from './plain-file.ts';
import { yamlText } from './yaml-text.ts';

const GOLDEN = join(import.meta.dirname, '..', '..', 'golden');
const golden = globSync('*/*.yaml', { cwd: GOLDEN }).map((name) => readFileSync(join(GOLDEN, name), 'utf8'));

/** After each edit the file is what it is when it is read from nothing. */
function check(start: string, edits: readonly Edit[]): void {
  let text = start;
  let file = parsePipelineFile(text);
  for (const one of edits) {
    text = edited(text, one);
    file = parsePipelineFile(text, { before: file });
    const known = plainFile(file);
    expect(known).toEqual(plainFile(parsePipelineFile(text)));
    trying(file.document, edited(text, { at: 0.5, removed: 0, added: 'word:' }), () => null);
    expect(plainFile(file)).toEqual(known);
  }
}

describe('a text that is edited', () => {
  it.each<[string, fc.Arbitrary<string>, number]>([
    ['any text', anyText, 100],
    ['any YAML', yamlText, 600],
    ['each golden file', fc.constantFrom(...golden), 150],
    ['a long file', longFile, 8],
  ])('is what it is when read from nothing: %s', (_what, texts, numRuns) => {
    const edits = fc.array(edit, { minLength: 1, maxLength: 6 });
    fc.assert(fc.property(texts, edits, check), { numRuns });
  });
});
