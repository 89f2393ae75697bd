import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../../schemas/language/values/duration.ts';
import { normalPath } from '../../../schemas/language/values/paths.ts';
import { isModelRef } from '../../../schemas/model-ref.ts';

describe('durations', () => {
  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['10m', 600_000],
    ['1.5h', 5_400_000],
    ['90d', 7_776_000_000],
  ])('%s', (text, milliseconds) => expect(parseDuration(text)).toBe(milliseconds));

  it.each(['', '30', '30 s', '-1s', '0s', '1y', '1h30m', '1e3s'])('refuses "%s"', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

describe('models by reference', () => {
  it.each([
    'match-outcome@production',
    'm/12',
    'm',
    'My model, née Ö',
    'user@team',
    'user@team@staging',
    'user@team/3',
  ])('takes "%s"', (text) => expect(isModelRef(text)).toBe(true));

  it.each(['', '@production', 'm@', 'm@prod', 'm@prodution', 'm/0', 'm/x', 'm/1/2', 'm@staging/x', '../m', 'a:b'])(
    'refuses "%s"',
    (text) => expect(isModelRef(text)).toBe(false),
  );
});

describe('paths', () => {
  it('have one spelling', () => {
    expect(['./a//b/', 'a\\b', 'a/x/../b', 'a/b'].map(normalPath)).toEqual(['a/b', 'a/b', 'a/b', 'a/b']);
    expect(['.', '', './'].map(normalPath)).toEqual(['.', '.', '.']);
    expect(normalPath('../a')).toBe('../a');
  });

  it('are as normal as they get after once', () => {
    const path = fc.array(fc.constantFrom('a', '..', '.', '/', '\\', 'b c')).map((parts) => parts.join(''));
    fc.assert(fc.property(path, (text) => normalPath(normalPath(text)) === normalPath(text)));
  });
});
