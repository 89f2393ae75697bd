import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { languageSchemas } from '../schemas/language/json-schema/index.ts';
import { ROOT } from './lib/root.ts';
import type { Target } from './package/natives.ts';
import { nativePackages } from './package/natives.ts';

const PAGES = ['README.md', 'CHANGELOG.md', 'LICENSE', '.vscodeignore'];
const FOLDERS = ['media', 'l10n', 'docs', join('samples', 'match-outcome')];

/** Lays out in `folder` what the extension is when installed, for one target. What of it is packed, .vscodeignore says. */
export function stage(folder: string, target: Target): void {
  mkdirSync(folder, { recursive: true });
  writeManifest(folder);
  for (const name of [...PAGES, ...FOLDERS, 'package.nls.json']) {
    if (existsSync(join(ROOT, name))) copy(join(ROOT, name), join(folder, name));
  }
  // for editors that know no language server of ours
  for (const name of Object.keys(languageSchemas())) copy(join(ROOT, 'schemas', name), join(folder, 'schemas', name));
  copy(join(ROOT, 'dist'), join(folder, 'dist'));
  copyNatives(join(folder, 'dist', 'node_modules'), target);
}

/** The manifest without what only the checkout needs. */
function writeManifest(folder: string): void {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  for (const field of ['scripts', 'dependencies', 'devDependencies', 'optionalDependencies']) delete manifest[field];
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
}

function copy(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
}

function copyNatives(modules: string, target: Target): void {
  for (const { name, files } of nativePackages(target)) {
    const from = join(ROOT, 'node_modules', name);
    for (const file of ['package.json', ...files]) {
      if (!existsSync(join(from, file))) throw new Error(missing(`${name}/${file}`, target));
      copy(join(from, file), join(modules, name, file));
    }
  }
}

function missing(file: string, target: Target): string {
  const [os, arch] = target.split('-');
  return `${file} is not installed. To package for ${target} run \`npm ci --os=${os} --cpu=${arch}\` in a clone of its own.`;
}
