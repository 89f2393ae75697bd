import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainWords } from '../../../extension/texts.ts';
import { ROOT } from '../../../tools/lib/root.ts';

/** `t('…')` and `t("…")`, the text alone: what is built at run time cannot be translated. */
const TEXT = /\bt\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g;

test('every text of the extension is in the bundle for translators', async () => {
  const texts = new Set<string>();
  for (const file of globSync('extension/**/*.ts', { cwd: ROOT })) {
    for (const [, single, double] of readFileSync(join(ROOT, file), 'utf8').matchAll(TEXT)) {
      texts.add((single ?? double ?? '').replaceAll(/\\(.)/g, '$1'));
    }
  }
  const bundle = Object.fromEntries([...texts].sort().map((text) => [text, text]));
  // `vitest run -u` writes it anew
  await expect(`${JSON.stringify(bundle, null, 2)}\n`).toMatchFileSnapshot(join(ROOT, 'l10n/bundle.l10n.json'));
});

test('every text of package.json has its words, and no words are left over', () => {
  const read = (file: string): Record<string, unknown> => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
  const used = [...JSON.stringify(read('package.json')).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
  expect(Object.keys(read('package.nls.json')).sort()).toEqual([...new Set(used)].sort());
});

/** What VS Code takes for a link in a notification, and runs at a click. */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

test('names in a notification stay words: none becomes a link that runs a command', () => {
  const name = 'seal [details](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%22%7D)';
  expect(name).toMatch(LINK);
  expect(plainWords(name)).not.toMatch(LINK);
  expect(plainWords('Step train failed: it ended with exit code 1')).toBe(
    'Step train failed: it ended with exit code 1',
  );
});

test('code in a sentence stands in quotation marks where no Markdown is drawn', () => {
  expect(plainWords('A `:` is missing: write `key: value`.')).toBe('A “:” is missing: write “key: value”.');
});

test('every notification goes the way that keeps names words', () => {
  const files = globSync('extension/**/*.ts', { cwd: ROOT }).filter((file) => !file.endsWith('vscode/messages.ts'));
  const calls = files.flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/show(?:Error|Information|Warning)Message\(.*/g)].map(
      ([call]) => call,
    ),
  );
  // a question of its own window shows its text as it is
  expect(calls.filter((call) => !call.includes('modal: true'))).toEqual([]);
});
