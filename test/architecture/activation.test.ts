import type { BuildResult, OutputFile } from 'esbuild';
import { build } from 'esbuild';
import { beforeAll, expect, it } from 'vitest';
import { allBundles } from '../../tools/build/bundles.ts';

let built: BuildResult<{ write: false; metafile: true }>;
let bundles: OutputFile[];
beforeAll(async () => {
  const options = allBundles().find(({ platform }) => platform === 'node');
  built = await build({ ...options, write: false, metafile: true });
  bundles = built.outputFiles.filter(({ path }) => path.endsWith('.cjs'));
}, 60_000);

it('what the extension reads to activate is its own code alone, small, and has VS Code itself, not copies of its API', () => {
  const inputs = Object.keys(built.metafile.outputs['dist/extension.cjs']?.inputs ?? {});
  expect(inputs).toContain('extension/main.ts');
  expect(inputs.filter((path) => path.includes('node_modules'))).toEqual([]);
  const text = bundles.find(({ path }) => path.endsWith('extension.cjs'))?.text ?? '';
  expect(text.length).toBeLessThan(285_000);
  expect(text).not.toMatch(/__toESM\(require\("vscode"\)/);
});

it('no program has a sign that would make V8 keep all of its text in two bytes a sign', () => {
  expect(bundles.map(({ path }) => path)).toContainEqual(expect.stringMatching(/daemon\.cjs$/));
  expect(bundles.flatMap(({ text }) => /.{0,40}[^\0-\xff].{0,40}/.exec(text) ?? [])).toEqual([]);
});
