import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closest, listed, roundOf } from '../../../schemas/language/suggest.ts';

describe('the word that was meant', () => {
  it.each([
    ['stpes', 'steps'],
    ['Steps', 'steps'],
    ['endpionts', 'endpoints'],
    ['need', 'needs'],
  ])('%s → %s', (word, meant) => {
    expect(closest(word, ['steps', 'needs', 'endpoints', 'on'])).toBe(meant);
  });

  it('is the only one that begins so, however long', () => {
    expect(closest('inte', ['date', 'integer', 'number'])).toBe('integer');
    expect(closest('exp', ['experiment', 'exact', 'expert'])).not.toBe('exact');
  });

  it('is none when nothing is near', () => {
    expect(closest('if', ['on', 'env'])).toBeNull();
    expect(closest('something', ['steps', 'needs'])).toBeNull();
    expect(closest('x'.repeat(1000), ['x'.repeat(999)])).toBeNull();
  });
});

/** As it is defined, from the ends of both words. */
function edits(a: string, b: string, known = new Map<string, number>()): number {
  if (a === '' || b === '') return a.length + b.length;
  const key = `${a}.${b}`;
  const least =
    known.get(key) ?? Math.min(...lastEdits(a, b).map(([one, other, more]) => edits(one, other, known) + more));
  known.set(key, least);
  return least;
}

function lastEdits(a: string, b: string): [string, string, number][] {
  const isSwap = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  return [
    [a.slice(0, -1), b, 1],
    [a, b.slice(0, -1), 1],
    [a.slice(0, -1), b.slice(0, -1), a.at(-1) === b.at(-1) ? 0 : 1],
    ...(isSwap ? [[a.slice(0, -2), b.slice(0, -2), 1] as [string, string, number]] : []),
  ];
}

it('the word that was meant is one that is as near as may be', () => {
  const word = fc.stringMatching(/^[ab_]{4,9}$/);
  fc.assert(
    fc.property(word, fc.array(word, { minLength: 1, maxLength: 5 }), (typed, known) => {
      const begun = known.filter((one) => one.startsWith(typed));
      const distances = known.map((one) => edits(typed, one));
      const nearest = Math.min(...distances);
      const isNear =
        nearest <= (typed.length <= 6 ? 2 : 3) && nearest < (known[distances.indexOf(nearest)]?.length ?? 0);
      const expected = begun.length === 1 ? begun[0] : isNear ? known[distances.indexOf(nearest)] : null;
      expect(closest(typed, known)).toBe(expected ?? null);
    }),
    { numRuns: 3000 },
  );
});

it('shows a circle as one would read it: of a long one its beginning and its end', () => {
  expect(roundOf(['a', 'b'])).toBe('a → b → a');
  const many = Array.from({ length: 5000 }, (_, at) => `s${at}`);
  expect(roundOf(many)).toBe(
    's0 → s1 → s2 → s3 → s4 → s5 → … 4989 more … → s4995 → s4996 → s4997 → s4998 → s4999 → s0',
  );
});

it('lists words as one would say them', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b', 'c']), listed(['a', 'b'], 'or')]).toEqual([
    '',
    'a',
    'a, b and c',
    'a or b',
  ]);
});
