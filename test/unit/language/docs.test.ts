import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasErrors } from '../../../schemas/language/diagnostic.ts';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import { CATALOGUE } from '../../../schemas/language/rules/index.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'crisol-yaml.md'), 'utf8');

/** Too large for a page, missing altogether, no mistake, news from a daemon, or about several files. */
const WITHOUT_EXAMPLE = [
  ...['CRISOL102', 'CRISOL110', 'CRISOL116', 'CRISOL130'],
  ...['CRISOL160', 'CRISOL161', 'CRISOL162', 'CRISOL163'],
];

describe('docs/crisol-yaml.md', () => {
  it.each(CATALOGUE.map(({ code, title }) => [code, title]))(
    'documents %s under its title and anchor',
    (code, title) => {
      expect(page).toContain(`<a id="${code.toLowerCase()}"></a>\n### ${code}: ${title}\n`);
    },
  );

  it('documents no diagnostic that there is not', () => {
    const documented = [...page.matchAll(/^### (CRISOL\d+)/gm)].map((match) => match[1]);
    expect(documented).toEqual(CATALOGUE.map((rule) => rule.code));
  });

  it.each(CATALOGUE.map(({ code }) => code).filter((code) => !WITHOUT_EXAMPLE.includes(code)))(
    'shows of %s what is wrong, which is told, and what is right, which is not',
    (code) => {
      const section = page.slice(page.indexOf(`### ${code}:`)).split('\n<a id=')[0] ?? '';
      const lines = (/```yaml\n([\s\S]*?)```/.exec(section)?.[1] ?? '').split('\n');
      const codesWithout = (mark: RegExp) => {
        const text = lines.filter((line) => !mark.test(line)).join('\n');
        const whole = text.includes('version:') ? text : `version: 1\n${text}`;
        return parsePipelineFile(whole).diagnostics.map((diagnostic) => diagnostic.code);
      };
      expect(codesWithout(/(?:#| {2}) *right/)).toContain(code);
      expect(codesWithout(/(?:#| {2}) *wrong/)).not.toContain(code);
    },
  );

  it('begins with an example that is right', () => {
    const example = /```yaml\n(version: 1[\s\S]*?)```/.exec(page)?.[1] ?? '';
    expect(parsePipelineFile(example).diagnostics).toEqual([]);
  });
});

it('the sample project is right', () => {
  const sample = join(import.meta.dirname, '..', '..', '..', 'samples', 'match-outcome', 'crisol.yaml');
  const { diagnostics } = parsePipelineFile(readFileSync(sample, 'utf8'));
  expect(diagnostics).toEqual([]);
  expect(hasErrors(diagnostics)).toBe(false);
});

it('each kind of diagnostic has a code of its own', () => {
  const codes = CATALOGUE.map((rule) => rule.code);
  expect(new Set(codes).size).toBe(codes.length);
});
