import { expect, test } from 'vitest';
import { projectFiles, read } from './sources.ts';

// built from pieces, so that this file does not find itself
const FORBIDDEN = {
  'a number of an issue':
    /\b(?:issues?|closes|fixes|resolves|see|gh)\s*[-#:]\s*\d+\b|(?:^|\s)\(?#\d{1,5}\)?(?=[\s.,)]|$)/im,
  'the host of a registry': new RegExp(['registry', '(npmjs|yarnpkg|npmmirror)', '(org|com)'].join('\\.'), 'i'),
  'a path of one machine': new RegExp(`(?<![\\w.~/-])/(${['work', 'root', 'home/\\w+', 'Users/\\w+'].join('|')})/\\w`),
};

test.for(Object.entries(FORBIDDEN))('no file contains %s', ([, pattern]) => {
  const found = projectFiles().flatMap((file) => {
    const match = pattern.exec(read(file));
    return match ? [`${file}: ${match[0].trim()}`] : [];
  });
  expect(found).toEqual([]);
});
