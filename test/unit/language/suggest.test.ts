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
