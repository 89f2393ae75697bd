import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Diagnostic } from '../../../../schemas/language/diagnostic.ts';
import { edited } from '../edits.ts';
import { afterFix, diagnosticsOfCase } from './after-fix.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'golden', 'valid');
const texts = readdirSync(FOLDER)
  .filter((name) => !name.includes('.crisol.'))
  .map((name) => readFileSync(join(FOLDER, name), 'utf8'));

/** Evenly over the text: fast-check's own numbers lie near the ends. */
const place = fc.noBias(fc.integer({ min: 0, max: 10_000 })).map((part) => part / 10_000);
const slip = fc.record({
  at: place,
  removed: fc.nat(2),
  added: fc.constantFrom('', '', 'x', '"', "'", ' ', ':', '5', '-', 'e', '\n'),
});
const withSlips = fc
  .tuple(fc.constantFrom(...texts), fc.array(slip, { minLength: 1, maxLength: 3 }))
  .map(([text, slips]) => slips.reduce(edited, text));

const isSyntax = ({ code }: Diagnostic) => code === 'CRISOL101';

it('each fix of a file with slips mends what it comes with, and breaks no syntax', () => {
  fc.assert(
    fc.property(withSlips, (text) => {
      const file = { path: 'crisol.yaml', text, kind: 'file' as const, heading: '' };
      const diagnostics = diagnosticsOfCase([file])(file);
      const wasBroken = diagnostics.some(isSyntax);
      // in a broken text the next mistake comes to light, which may be of the same kind
      for (const diagnostic of diagnostics.filter((one) => !isSyntax(one))) {
        for (const fix of diagnostic.fixes ?? []) {
          const fresh = afterFix([file], file, diagnostic, fix).filter(isSyntax);
          if (!wasBroken) expect(fresh).toEqual([]);
        }
      }
    }),
    { numRuns: 150 },
  );
});
