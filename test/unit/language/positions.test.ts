import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexLines } from '../../../schemas/language/positions.ts';

const text = fc
  .array(fc.constantFrom('a', 'ñ', '😀', '\n', '\r\n', '\r', ' '), { maxLength: 40 })
  .map((parts) => parts.join(''));

describe('positions', () => {
  it('counts UTF-16 units, as editors do', () => {
    const lines = indexLines('a😀b\r\nc');
    expect(lines.position(3)).toEqual({ line: 0, character: 3 });
    expect(lines.position(6)).toEqual({ line: 1, character: 0 });
    expect(lines.lineSpan(0)).toEqual([0, 4]);
  });

  it('leads from an offset to a position and back, line breaks aside', () => {
    fc.assert(
      fc.property(text, fc.nat(60), (source, at) => {
        const lines = indexLines(source);
        const offset = Math.min(at, source.length);
        const { line } = lines.position(offset);
        const [start, end] = lines.lineSpan(line);
        expect(offset).toBeGreaterThanOrEqual(start);
        expect(lines.offset(lines.position(offset))).toBe(Math.min(offset, end));
      }),
    );
  });
});
