import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { structureOf } from '../../../../schemas/language/check/structure.ts';
import { FILE_SHAPE } from '../../../../schemas/language/grammar/file.ts';
import { FORMATS } from '../../../../schemas/language/grammar/formats.ts';
import { parsePipelineFile } from '../../../../schemas/language/parse.ts';
import { anyFile } from './any-file.ts';
import { schemaCheck } from './schema-check.ts';

const check = schemaCheck('main');
const STRUCTURAL = ['CRISOL110', 'CRISOL111', 'CRISOL112', 'CRISOL113', 'CRISOL114', 'CRISOL117', 'CRISOL123'];

/** Whether the checks of the language find something that JSON Schema can say, too. */
function isRefused(text: string): boolean {
  const { diagnostics, document } = parsePipelineFile(text);
  if (document.root?.kind !== 'map') return true;
  if (diagnostics.some(({ code }) => STRUCTURAL.includes(code))) return true;
  return structureOf(document.root, FILE_SHAPE).mismatches.some((mismatch) => {
    if (mismatch.kind === 'not-a-choice' || mismatch.kind === 'out-of-range') return true;
    // formats that no pattern can say are checked by our server alone
    if (mismatch.kind === 'bad-format') return !matches(mismatch.format, String(mismatch.node.value));
    return mismatch.kind === 'bad-name' && !matches(mismatch.format, mismatch.entry.key);
  });
}

const matches = (format: keyof typeof FORMATS, text: string) => new RegExp(FORMATS[format].pattern, 'u').test(text);

it('the schema accepts what the checks accept, and refuses what they refuse', () => {
  let accepted = 0;
  fc.assert(
    fc.property(anyFile(FILE_SHAPE), (file) => {
      const text = stringify(file);
      const valid = check(file);
      expect({ text, valid, errors: valid ? [] : check.errors }).toEqual({
        text,
        valid: !isRefused(text),
        errors: valid ? [] : check.errors,
      });
      if (valid) accepted++;
    }),
    { numRuns: 1500 },
  );
  // or nothing was tried
  expect(accepted).toBeGreaterThan(100);
});

it('what a format accepts, its pattern does', () => {
  const pieces = fc.array(
    fc.constantFrom('a', '1', '0.5', '%', 's', 'Gi', '@', '/', '..', '.', ' ', '> ', 'staging', 'UTC', 'é', '-'),
    {
      maxLength: 6,
    },
  );
  fc.assert(
    fc.property(fc.constantFrom(...(Object.keys(FORMATS) as (keyof typeof FORMATS)[])), pieces, (format, parts) => {
      const text = parts.join('');
      return !FORMATS[format].accepts(text) || matches(format, text);
    }),
    { numRuns: 3000 },
  );
});
