import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../../schemas/language/values/duration.ts';
import { parseGoal } from '../../../schemas/language/values/goal.ts';
import { parseLimit } from '../../../schemas/language/values/limit.ts';
import { normalPath } from '../../../schemas/language/values/paths.ts';
import { parsePercentage } from '../../../schemas/language/values/percentage.ts';
import { parseSize } from '../../../schemas/language/values/size.ts';
import { isTimeZone } from '../../../schemas/language/values/time-zone.ts';
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

describe('sizes', () => {
  it.each([
    ['512', 512],
    ['512Mi', 536_870_912],
    ['2Gi', 2_147_483_648],
    ['1.5G', 1_500_000_000],
    ['10K', 10_000],
  ])('%s', (text, bytes) => expect(parseSize(text)).toBe(bytes));

  it.each(['', '0', 'Gi', '2GB', '2gi', '-1Mi', '1e3', '2 Gi'])('refuses "%s"', (text) => {
    expect(parseSize(text)).toBeNull();
  });
});

describe('shares', () => {
  it.each([
    ['0%', 0],
    ['5%', 0.05],
    ['12.5%', 0.125],
    ['100%', 1],
  ])('%s', (text, share) => expect(parsePercentage(text)).toBe(share));

  it.each(['', '%', '5', '-1%', '101%', '5 %', '1e1%'])('refuses "%s"', (text) => {
    expect(parsePercentage(text)).toBeNull();
  });
});

describe('limits', () => {
  it.each([
    ['> 100', { operator: '>', value: 100 }],
    ['>=0.5', { operator: '>=', value: 0.5 }],
    [' < 1% ', { operator: '<', value: 0.01 }],
    ['<= -2', { operator: '<=', value: -2 }],
  ])('%s', (text, limit) => expect(parseLimit(text)).toEqual(limit));

  it.each(['', '100', '= 1', '> ', '> x', '> 101%', '>> 1'])('refuses "%s"', (text) => {
    expect(parseLimit(text)).toBeNull();
  });
});

describe('goals', () => {
  it.each([
    ['maximize f1_macro', { direction: 'maximize', metric: 'f1_macro' }],
    ['  minimize   val/loss ', { direction: 'minimize', metric: 'val/loss' }],
    ['maximize my metric', { direction: 'maximize', metric: 'my metric' }],
  ])('%s', (text, goal) => expect(parseGoal(text)).toEqual(goal));

  it.each(['', 'maximize', 'maximise f1', 'f1', 'best f1'])('refuses "%s"', (text) => {
    expect(parseGoal(text)).toBeNull();
  });
});

describe('time zones', () => {
  it.each(['UTC', 'Europe/Madrid', 'America/Argentina/Buenos_Aires'])('takes "%s"', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(['', 'Europe/Madird', '+02:00', 'Madrid', '02'])('refuses "%s"', (name) => {
    expect(isTimeZone(name)).toBe(false);
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
