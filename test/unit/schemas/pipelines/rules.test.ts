import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { KEY_RULES } from '../../../../schemas/pipelines/key.ts';
import { CACHE_RULES } from '../../../../schemas/pipelines/why.ts';
import { ROOT } from '../../../../tools/lib/root.ts';

const page = readFileSync(join(ROOT, 'docs', 'caching.md'), 'utf8');

it('docs/caching.md has each rule by its number and in its words, and no other', () => {
  const headings = Object.entries({ ...KEY_RULES, ...CACHE_RULES }).map(
    ([rule, words]) => `**${rule}. ${words.charAt(0).toUpperCase()}${words.slice(1)}`,
  );
  for (const heading of headings)
    expect(page.replaceAll('\n', ' ')).toContain(heading.replace('Crisol.lock', 'crisol.lock'));
  const numbers = [...page.matchAll(/^\*\*([KC]\d+)\./gm)].map(([, number]) => number);
  expect(numbers).toEqual([...Object.keys(KEY_RULES), ...Object.keys(CACHE_RULES)]);
});

it('each rule has a test that is named by it', () => {
  const tests = [
    'schemas/pipelines/key',
    'schemas/pipelines/lock',
    'pipelines/cache/cache',
    'pipelines/cache/outs',
    'pipelines/cache/git-ignore',
    'pipelines/cache/garbage',
  ];
  const names = tests.map((name) => readFileSync(join(ROOT, 'test', 'unit', `${name}.test.ts`), 'utf8')).join('\n');
  const without = [...Object.keys(KEY_RULES), ...Object.keys(CACHE_RULES)].filter(
    (rule) => !new RegExp(`['"\`][^'"\`\\n]*\\b${rule}[:,']`).test(names),
  );
  expect(without).toEqual([]);
});
