import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../../schemas/language/diagnostic.ts';
import { hasErrors } from '../../../../schemas/language/diagnostic.ts';
import { languageSchemas } from '../../../../schemas/language/json-schema/index.ts';
import { parsePipelineFile } from '../../../../schemas/language/parse.ts';
import { expectGolden } from '../../../support/golden-file.ts';
import { schemaCheck, valueIn } from './schema-check.ts';

const CASES = join(import.meta.dirname, '..', '..', '..', 'golden', 'diagnostics');
const SAMPLE = join(import.meta.dirname, '..', '..', '..', '..', 'samples', 'match-outcome', 'crisol.yaml');
/** What JSON Schema can see: keys, types and values. Names of other things, circles and expressions it cannot. */
const STRUCTURAL = ['CRISOL110', 'CRISOL111', 'CRISOL112', 'CRISOL113', 'CRISOL114', 'CRISOL117', 'CRISOL123'];
/** Texts that are no YAML, or several: other servers say so by themselves. */
const UNREADABLE = ['CRISOL101', 'CRISOL102', 'CRISOL103', 'CRISOL104'];

const checks = { main: schemaCheck('main'), part: schemaCheck('part') };
const has = (found: readonly Diagnostic[], codes: readonly string[]) => found.some(({ code }) => codes.includes(code));

const files = readdirSync(CASES).map((name) => {
  const role = name.includes('.crisol.') ? ('part' as const) : ('main' as const);
  const text = readFileSync(join(CASES, name), 'utf8');
  return { name, role, text, found: parsePipelineFile(text, { role }).diagnostics };
});
const readable = files.filter(({ found }) => !has(found, UNREADABLE));

describe('the published JSON Schema', () => {
  it.each(Object.entries(languageSchemas()))('%s is what the grammar says', (name, schema) => {
    expectGolden(`schemas/${name}`, `${JSON.stringify(schema, null, 2)}\n`);
  });

  it.each(readable.filter(({ found }) => !hasErrors(found)).map((file) => [file.name, file] as const))(
    'accepts %s',
    (_, { role, text }) => {
      checks[role](valueIn(text) ?? {});
      expect(checks[role].errors ?? []).toEqual([]);
    },
  );

  it.each(readable.filter(({ found }) => has(found, STRUCTURAL)).map((file) => [file.name, file] as const))(
    'refuses %s',
    (_, { role, text }) => {
      expect(checks[role](valueIn(text) ?? {})).toBe(false);
    },
  );

  it('accepts the sample project', () => {
    expect(checks.main(valueIn(readFileSync(SAMPLE, 'utf8')))).toBe(true);
  });
});
