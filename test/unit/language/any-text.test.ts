import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLint, LINT_FORMATS } from '../../../schemas/language/lint/index.ts';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import { planOf } from '../../../schemas/language/plan/plan.ts';
import { comparePositions } from '../../../schemas/language/positions.ts';
import { CATALOGUE } from '../../../schemas/language/rules/index.ts';
import { LIMITS } from '../../../schemas/language/syntax/limits.ts';
import { processorTime } from '../../support/processor-time.ts';
import { anyText } from './any-text.ts';

describe('any text whatever', () => {
  it('gives diagnostics within the text, a model and a plan', () => {
    const codes = new Set<string>(CATALOGUE.map((rule) => rule.code));
    fc.assert(
      fc.property(anyText, (text) => {
        const { document, model, diagnostics } = parsePipelineFile(text);
        const end = document.lines.position(text.length);
        for (const { code, range, message, related = [], fixes = [] } of diagnostics) {
          expect(codes).toContain(code);
          expect(message).not.toBe('');
          const ranges = [
            range,
            ...related.map((other) => other.range),
            ...fixes.flatMap((fix) => fix.edits.map((edit) => edit.range)),
          ];
          for (const place of ranges) {
            expect(comparePositions(place.start, place.end)).toBeLessThanOrEqual(0);
            expect(comparePositions(place.end, end)).toBeLessThanOrEqual(0);
          }
          expect(range.start.line).toBe(range.end.line);
        }
        planOf(model);
        for (const format of LINT_FORMATS) formatLint([{ path: 'crisol.yaml', diagnostics }], format);
      }),
      { numRuns: 500 },
    );
  });

  it('says the same of a text whatever its line breaks', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const unix = text.replace(/\r\n?/g, '\n');
        const told = (source: string) =>
          parsePipelineFile(source).diagnostics.map(({ code, range }) => ({ code, range }));
        expect(told(unix.replaceAll('\n', '\r\n'))).toEqual(told(unix));
      }),
      { numRuns: 200 },
    );
  });

  it('is quiet about a misspelt key once its fix is applied', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { document, diagnostics } = parsePipelineFile(text);
        const fixable = diagnostics.find((diagnostic) => diagnostic.code === 'CRISOL112' && diagnostic.fixes);
        const edit = fixable?.fixes?.[0]?.edits[0];
        if (!fixable || !edit) return;
        const [start, end] = [edit.range.start, edit.range.end].map((place) => document.lines.offset(place));
        const mended = text.slice(0, start) + edit.newText + text.slice(end);
        const again = parsePipelineFile(mended).diagnostics;
        const same = again.some(
          (other) => other.code === 'CRISOL112' && comparePositions(other.range.start, fixable.range.start) === 0,
        );
        expect(same).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

describe('what nobody writes by hand is refused at once', () => {
  const bomb = (letters: string) =>
    [...letters].map((name, at) => `x-${name}: &${name} [${Array(20).fill(at === 0 ? 'x' : `*${letters[at - 1]}`)}]`);

  it.each([
    ['ten thousand brackets', `params: ${'['.repeat(10_000)}`],
    ['a hundred thousand braces', '{a: '.repeat(100_000)],
    ['lists in lists', '- '.repeat(50_000)],
    ['keys in keys', Array.from({ length: 500 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
    ['an alias bomb', `version: 1\n${bomb('abcdefghij').join('\n')}\nparams: {a: *j}\nenv: *j\n`],
    ['merge keys of a bomb', `version: 1\n${bomb('abcdefg').join('\n')}\nsteps: {<<: [*g, *g]}\n`],
    ['far too long a text', `# ${'x'.repeat(LIMITS.length)}\n`],
  ])('%s', (_, text) => {
    const spent = processorTime();
    const { diagnostics } = parsePipelineFile(text);
    expect(spent()).toBeLessThan(1000);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain('CRISOL102');
  });

  it('is few diagnostics, however broken the file', () => {
    const { diagnostics } = parsePipelineFile(`version: 1\nsteps:\n${'  "a b": {}\n'.repeat(5000)}`);
    expect(diagnostics.length).toBeLessThanOrEqual(500);
  });
});
