import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { context, build as esbuild } from 'esbuild';
import { allBundles } from './build/bundles.ts';
import { fingerprint } from './lib/fingerprint.ts';
import { ROOT } from './lib/root.ts';

const SOURCES = [
  'compiled',
  'schemas',
  'samples',
  'daemon',
  'extension',
  'language-server',
  'webviews',
  'tools/build',
  'package-lock.json',
];
const STAMP = join(ROOT, 'dist', '.built');

/** Builds all bundles into dist, unless nothing changed since the last time; answers whether it had to. */
export async function build(): Promise<boolean> {
  const wanted = fingerprint(SOURCES);
  if (isBuilt(wanted)) return false;
  const results = await Promise.all(allBundles().map((options) => esbuild({ ...options, write: false })));
  const files = results.flatMap(({ outputFiles }) => outputFiles);
  for (const file of files) put(file);
  put({ path: STAMP, contents: JSON.stringify({ wanted, files: files.map(({ path }) => path) }) });
  return true;
}

function isBuilt(wanted: string): boolean {
  if (!existsSync(STAMP)) return false;
  const stamp: { wanted: string; files: string[] } = JSON.parse(readFileSync(STAMP, 'utf8'));
  return stamp.wanted === wanted && stamp.files.every((file) => existsSync(file));
}

/** Written beside and renamed: two builds at the same moment, or a program that starts meanwhile, see whole files. */
function put({ path, contents }: { path: string; contents: string | Uint8Array }): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
}

async function watch(bundles: BuildOptions[]): Promise<void> {
  for (const options of bundles) await (await context({ ...options, logLevel: 'info' })).watch();
}

if (import.meta.main) {
  const started = performance.now();
  if (process.argv.includes('--watch')) {
    await watch(allBundles());
  } else {
    const built = await build();
    console.error(built ? `built dist in ${Math.round(performance.now() - started)} ms` : 'dist is up to date');
  }
}
