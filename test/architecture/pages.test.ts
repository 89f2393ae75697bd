import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../tools/lib/root.ts';
import { projectFiles, read } from './sources.ts';

const pages = projectFiles().filter((file) => /^[A-Z]+\.md$|^docs\/.*\.md$/.test(file));
const PATH =
  /(?<![\w./-])(?:daemon|extension|webviews|language-server|schemas|samples|test|tools|docs)\/[\w./-]*\.(?:tsx?|mjs|md)\b/g;
const LINK = /\]\((?!https?:|#)([^)#]+)/g;
const QUOTED_TESTS = /`(test\/[\w./-]+)`((?:,?\s+"[^"]+")+)/g;

test('every file that a page names exists', () => {
  const missing = pages.flatMap((page) => {
    const text = read(page);
    const named = [...text.matchAll(PATH)].map(([path]) => path);
    const linked = [...text.matchAll(LINK)].map(([, path = '']) => join(dirname(page), path));
    return [...named, ...linked].filter((path) => !existsSync(join(ROOT, path))).map((path) => `${page}: ${path}`);
  });
  expect(missing).toEqual([]);
});

test('every invariant of ARCHITECTURE.md names a test that there is', () => {
  const text = read('ARCHITECTURE.md');
  const invariants = text.split('## Invariants')[1]?.split('\n## ')[0] ?? '';
  const named = [...invariants.matchAll(QUOTED_TESTS)].flatMap(([, file = '', quotes = '']) =>
    [...quotes.matchAll(/"([^"]+)"/g)].map(([, name = '']) => ({ file, name: name.replace(/\s+/g, ' ') })),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ file, name }) => !existsSync(join(ROOT, file)) || !read(file).includes(name))).toEqual([]);
  // a paragraph begins with what holds, and must say where that is held
  const paragraphs = invariants.split('\n\n').filter((paragraph) => paragraph.trim().startsWith('**'));
  expect(paragraphs.filter((paragraph) => !paragraph.includes('`test/'))).toEqual([]);
});
