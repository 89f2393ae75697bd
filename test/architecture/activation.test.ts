import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { allBundles } from '../../tools/build/bundles.ts';

it('what the extension reads to activate is its own code alone, small, and has VS Code itself, not copies of its API', async () => {
  const options = allBundles().find(({ platform }) => platform === 'node');
  const { metafile, outputFiles } = await build({ ...options, write: false, metafile: true });
  const inputs = Object.keys(metafile.outputs['dist/extension.cjs']?.inputs ?? {});
  expect(inputs).toContain('extension/main.ts');
  expect(inputs.filter((path) => path.includes('node_modules'))).toEqual([]);
  const text = outputFiles.find(({ path }) => path.endsWith('extension.cjs'))?.text ?? '';
  expect(text.length).toBeLessThan(350_000);
  expect(text).not.toMatch(/__toESM\(require\("vscode"\)/);
}, 60_000);
