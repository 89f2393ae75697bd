import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixAll } from '../../../../schemas/language/fix/index.ts';
import { parsePipelineFile } from '../../../../schemas/language/parse.ts';
import { anyText } from '../any-text.ts';

const check = (text: string) => parsePipelineFile(text).diagnostics;
const fixed = (text: string) => fixAll(text, check).text;
const breaks = (text: string) => check(text).filter(({ code }) => code === 'CRISOL101').length;

describe('what leaves no choice is mended', () => {
  it('in several rounds: a key that is known has a value that is looked at', () => {
    const { text, mended, diagnostics } = fixAll('stpes:\n  a:\n    rnu: echo\n    nedes: b\n  b: {run: x}\n', check);
    expect(text).toBe('version: 1\nsteps:\n  a:\n    run: echo\n    needs: b\n  b: {run: x}\n');
    expect(mended.map(({ fix }) => fix.title)).toEqual([
      'Add `version: 1`',
      'Change to `steps`',
      'Change to `run`',
      'Change to `needs`',
    ]);
    expect(diagnostics).toEqual([]);
  });

  it('with the line ends of the file', () => {
    expect(fixed('steps:\r\n  a: {rnu: x}\r\n')).toBe('version: 1\r\nsteps:\r\n  a: {run: x}\r\n');
  });

  it('and nothing else: what is right stays to the letter', () => {
    const text = 'version:   1 # one\nsteps: {a: {run: "x"} }\n\n';
    expect(fixAll(text, check)).toMatchObject({ text, mended: [] });
  });

  it('not what a fix would break', () => {
    const wrong = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    const fix = { title: 'Break it', edits: [{ range: wrong, newText: '[' }] };
    const text = 'a: 1\n';
    const broken = (now: string) => [
      { code: 'CRISOL1', severity: 'error' as const, message: 'x', range: wrong, fixes: [fix] },
      ...check(now).filter(({ code }) => code === 'CRISOL101'),
    ];
    expect(fixAll(text, broken)).toMatchObject({ text, mended: [] });
  });

  it('of any text: no syntax error comes in, and a second time there is nothing left to do', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = fixed(text);
        expect(breaks(once)).toBeLessThanOrEqual(breaks(text));
        expect(fixed(once)).toBe(once);
      }),
      { numRuns: 60 },
    );
  });
});
