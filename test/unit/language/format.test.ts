import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { applyEdits } from '../../../schemas/language/fix/edits.ts';
import { formatYaml } from '../../../schemas/language/format/format.ts';
import { anyText } from './any-text.ts';
import { anyYaml } from './any-yaml.ts';
import { goldenCases } from './golden-cases.ts';

const formatted = (text: string) => applyEdits(text, formatYaml(text));

describe('a file in form is what is drawn below it', () => {
  // each line begins with the mark, so that spaces at its end are seen, and ends with one
  goldenCases('format', /^#>.*\n?/gm, (text) => {
    const lines = formatted(text).split('\n');
    const newline = text.endsWith('\n') ? '' : '\n';
    return `${text}${newline}${lines.map((line) => `#>${line.replace('\r', '\\r')}|\n`).join('')}`;
  });
});

const commentsOf = (text: string) => text.match(/(?<=^|\s)#.*/gm)?.map((comment) => comment.trimEnd());
const meaningOf = (text: string) => parseDocument(text).toJS();

describe('bringing into form', () => {
  it('keeps what the file says, word for word, and is done once it is done', () => {
    let changed = 0;
    fc.assert(
      fc.property(anyYaml, (text) => {
        const result = formatted(text);
        if (result !== text) changed++;
        expect(meaningOf(result)).toEqual(meaningOf(text));
        expect(result.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
        expect(commentsOf(result)).toEqual(commentsOf(text));
        expect(formatYaml(result)).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(changed).toBeGreaterThan(400);
  });

  it('of any text whatever ends, and says the same', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const result = formatted(text);
        expect(result.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
        expect(formatYaml(result)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('of some lines keeps what the file says, too, and the other lines as they are', () => {
    fc.assert(
      fc.property(anyYaml, fc.nat(20), fc.nat(10), (text, first, more) => {
        const edits = formatYaml(text, { first, last: first + more });
        const result = applyEdits(text, edits);
        expect(meaningOf(result)).toEqual(meaningOf(text));
        expect(commentsOf(result)).toEqual(commentsOf(text));
        for (const { range } of edits)
          expect([first <= range.start.line, range.start.line <= first + more]).toEqual([true, true]);
      }),
      { numRuns: 300 },
    );
  });

  it('changes only the lines that were asked for', () => {
    const text = 'version:   1\nname:   x\nsteps:\n    a: {run:   echo}\n';
    expect(formatYaml(text, { first: 1, last: 1 })).toEqual([
      { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 9 } }, newText: 'name: x' },
    ]);
  });
});
