import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldersAbove, pathOf, placeOf } from '../../../daemon/artifacts/paths.ts';

const names = fc.oneof(
  fc.constantFrom('', '.', '..', '...', 'a', '\\', 'a\\b', 'C:', '\0', '\n', '~', '%2e%2e', '\ud800', 'x'.repeat(256)),
  fc.string({ unit: 'grapheme' }),
);
const paths = fc.array(names, { maxLength: 5 }).map((all) => all.join('/'));

it('what is taken lies below its root on any system, and is written in one way only', () => {
  fc.assert(
    fc.property(paths, (path) => {
      const place = attempt(path);
      if (!place) return;
      expect(pathOf(place)).toBe(path);
      expect(posix.join('/root', path)).toBe(`/root/${path}`);
      expect(win32.join('C:\\root', path)).toBe(`C:\\root\\${path.replaceAll('/', '\\')}`);
      expect(foldersAbove(place).map(pathOf)).toEqual(
        path
          .split('/')
          .slice(0, -1)
          .map((_, at, all) => all.slice(0, at + 1).join('/')),
      );
    }),
  );
});

it.each([
  '',
  '/',
  '/a',
  'a/',
  'a//b',
  '.',
  'a/./b',
  '..',
  '../a',
  'a/..',
  'a\\b',
  'a\0b',
  'a\nb',
  'C:/a',
  'c:',
  '\ud800',
])('refuses %j', (path) => expect(() => placeOf(path)).toThrow('Invalid path'));

it('refuses what no file system takes', () => {
  expect(() => placeOf(`a/${'é'.repeat(128)}`)).toThrow('Invalid path');
  expect(() => placeOf(Array(2100).fill('a').join('/'))).toThrow('Invalid path');
});

function attempt(path: string) {
  try {
    return placeOf(path);
  } catch {
    return undefined;
  }
}
