import { expect, test } from 'vitest';
import { checkImports } from '../../tools/check/imports.ts';
import { TempWorkspace } from '../support/temp-workspace.ts';

/** The rules that a single file with one import breaks. */
async function broken(file: string, imported: string): Promise<string[]> {
  const target = imported.startsWith('.')
    ? { [new URL(imported, `file:///${file}`).pathname.slice(1)]: 'export {};' }
    : {};
  const folder = new TempWorkspace({ files: { ...target, [file]: `import '${imported}';\n` } });
  try {
    const report = (await checkImports(folder.folder)) ?? '';
    return [...report.matchAll(/^ {2}([\w-]+): /gm)].map(([, rule]) => rule ?? '');
  } finally {
    folder.dispose();
  }
}

// the check itself runs over the project in `npm run check`; here each of its rules is seen to bite
test.for([
  ['extension/a.ts', '../daemon/base/b.ts', 'extension-stands-alone'],
  ['daemon/tracking/a.ts', '../http/index.ts', 'tracking-looks-down'],
  ['daemon/tracking/a.ts', '../data/index.ts', 'tracking-looks-down'],
  ['daemon/store/a.ts', '../main.ts', 'store-looks-down'],
  ['daemon/http/a.ts', '../tracking/repository.ts', 'through-the-door'],
  ['schemas/a.ts', '../daemon/base/b.ts', 'schemas-import-nothing-of-ours'],
  ['schemas/a.ts', 'node:fs', 'schemas-do-no-io'],
  ['daemon/a.ts', '../test/support/b.ts', 'nothing-imports-test'],
  ['daemon/a.ts', '../tools/b.ts', 'product-without-tools'],
  ['webviews/a.ts', 'node:fs', 'webviews-in-the-browser'],
  ['daemon/a.ts', 'vscode', 'vscode-in-the-extension'],
  ['daemon/base/a.ts', './a.ts', 'no-circles'],
] as const)('%s may not import %s', async ([file, imported, rule]) => {
  expect(await broken(file, imported)).toContain(rule);
});

test('what is allowed is not complained about', async () => {
  expect(await broken('daemon/http/a.ts', '../tracking/index.ts')).toEqual([]);
});
