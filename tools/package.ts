import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import { bin } from './lib/bin.ts';
import { exec } from './lib/exec.ts';
import { fingerprint } from './lib/fingerprint.ts';
import { step } from './lib/progress.mjs';
import { ROOT } from './lib/root.ts';
import type { Target } from './package/natives.ts';
import { THIS_MACHINE } from './package/natives.ts';
import { stage } from './stage.ts';

const CONTENT = [
  'dist',
  'media',
  'docs',
  'schemas/crisol.schema.json',
  'schemas/crisol-part.schema.json',
  'samples/match-outcome',
  'package.nls.json',
  'l10n',
  'tools/stage.ts',
  'package.json',
  'package-lock.json',
  'README.md',
  'CHANGELOG.md',
  'tools/package',
  '.vscodeignore',
];

/** Makes `crisol-<target>.vsix` of what is built in dist, unless the one there is of the same content; answers its path. */
export async function packageExtension(target: Target = THIS_MACHINE): Promise<string> {
  const vsix = join(ROOT, `crisol-${target}.vsix`);
  const stamp = join(ROOT, '.cache', `packaged-${target}`);
  const wanted = fingerprint(CONTENT);
  if (existsSync(vsix) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return vsix;
  await step(`Packaging for ${target}`, () => pack(vsix, target));
  writeFileSync(stamp, wanted);
  return vsix;
}

/** In a folder of this process and renamed: two at the same moment don't see each other's half. */
async function pack(vsix: string, target: Target): Promise<void> {
  const draft = join(ROOT, '.cache', `package-${process.pid}`);
  rmSync(draft, { recursive: true, force: true });
  try {
    mkdirSync(draft, { recursive: true });
    stage(join(draft, 'extension'), target);
    const args = [
      'package',
      '--target',
      target,
      '--no-dependencies',
      '--no-rewrite-relative-links',
      '--allow-missing-repository',
    ];
    const { code, output } = await exec(
      process.execPath,
      [bin('@vscode/vsce', 'vsce'), ...args, '--out', join(draft, 'crisol.vsix')],
      {
        cwd: join(draft, 'extension'),
      },
    );
    if (code !== 0) throw new Error(output);
    renameSync(join(draft, 'crisol.vsix'), vsix);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { target: { type: 'string', default: THIS_MACHINE } } });
  await step('Building', build);
  const vsix = await packageExtension(values.target as Target);
  console.log(`${vsix} (${(statSync(vsix).size / 2 ** 20).toFixed(1)} MiB)`);
}
