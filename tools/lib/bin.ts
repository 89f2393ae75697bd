import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './root.ts';

/** The file that an installed package runs as `name`: called with Node, so that it works on Windows as well. */
export function bin(packageName: string, name = packageName): string {
  const manifest = join(ROOT, 'node_modules', packageName, 'package.json');
  const { bin: bins }: { bin: string | Record<string, string> } = JSON.parse(readFileSync(manifest, 'utf8'));
  const file = typeof bins === 'string' ? bins : bins[name];
  if (!file) throw new Error(`${packageName} has no program ${name}`);
  return join(dirname(manifest), file);
}
