import { expect, test } from 'vitest';
import { read } from './sources.ts';

test('docs/settings.md has each setting with its default, and none that does not exist', () => {
  const { contributes } = JSON.parse(read('package.json'));
  const settings: Record<string, { default: unknown }> = contributes.configuration.properties;
  const documented = [...read('docs/settings.md').matchAll(/^\| `(crisol\.[\w.]+)` \| `([^`]+)` \|/gm)];
  const rows = documented.map(([, name, value]) => [name, value]);
  expect(rows).toEqual(Object.entries(settings).map(([name, setting]) => [name, String(setting.default)]));
});
