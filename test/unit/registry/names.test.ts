import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkModelName, folderOf } from '../../../daemon/registry/names.ts';

const names = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 256 }),
  fc.constantFrom(
    'model',
    'Model',
    'MODEL',
    'con',
    'aux.txt',
    '.hidden',
    'a.',
    '\u00f1',
    'n\u0303',
    'x'.repeat(256),
    '.staging',
    'm~a',
  ),
);

describe("a model's folder", () => {
  it('is the name itself when every file system takes it', () => {
    expect(folderOf('match-outcome')).toBe('match-outcome');
  });

  it('is short, plain and never a device or a hidden file', () => {
    fc.assert(
      fc.property(names, (name) => {
        const folder = folderOf(name);
        expect(folder).toMatch(/^[a-z0-9][a-z0-9~_-]{0,99}$/);
        expect(folder).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)$/);
      }),
    );
  });

  it('is shared by no two names', () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        expect(folderOf(a) === folderOf(b)).toBe(a === b);
      }),
    );
  });
});

describe("a model's name", () => {
  it('may be of any script', () => {
    for (const name of ['liga ñandú', 'モデル', 'a@b', '🏆']) expect(checkModelName(name)).toBe(name);
  });

  it.each(['', '  ', 'a/b', 'a:b', '..', '.', '../x', 'n'.repeat(257)])('is refused: %j', (name) => {
    expect(() => checkModelName(name)).toThrow(expect.objectContaining({ code: 'INVALID_PARAMETER_VALUE' }));
  });
});
