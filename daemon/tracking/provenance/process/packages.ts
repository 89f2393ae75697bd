import { readdir } from 'node:fs/promises';
import type { Package } from '../../../../schemas/wire/run-source.ts';

/** What is installed, by the folders that pip and others leave beside each package: no Python runs for it. */
export async function listPackages(folders: readonly string[]): Promise<Package[]> {
  const found = new Map<string, Package>();
  for (const folder of folders) {
    for (const entry of await readdir(folder).catch(() => [])) {
      const one = packageOf(entry);
      // the folder that comes first is the one that Python takes
      if (one && !found.has(one.name)) found.set(one.name, one);
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `scikit_learn-1.7.2.dist-info`; eggs may add `-py3.12`. */
export function packageOf(entry: string): Package | undefined {
  const [, name = '', version = ''] = /^([^-]+)-([^-]+)(?:-py[\d.]+)?\.(?:dist|egg)-info$/.exec(entry) ?? [];
  return name === '' ? undefined : { name: name.toLowerCase().replaceAll(/[-_.]+/g, '-'), version };
}
