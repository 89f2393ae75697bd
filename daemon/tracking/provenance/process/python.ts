import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface Python {
  interpreter: string;
  /** such as 3.12 */
  version: string;
  /** where its packages lie, its own environment's first */
  folders: string[];
}

interface Clues {
  /** the program's file, with all links resolved */
  file: string;
  /** as it was called, if that says where it is */
  called: string | undefined;
  /** /proc/PID/maps: the libraries that it has loaded */
  mapped: string;
}

/**
 * Which Python a process is, and from where it takes packages. What it has loaded tells best, whatever set its path: an
 * environment, PYTHONPATH or conda. Before that, the environment that it was called from, or that of the program itself.
 */
export async function pythonOf({ file, called, mapped }: Clues): Promise<Python | undefined> {
  const loaded = loadedFrom(mapped);
  const homes = [called, file].flatMap((path) => (path ? [dirname(dirname(path))] : []));
  const found = loaded.length > 0 ? loaded : await firstWithPackages(homes);
  const real = await Promise.all(found.map((folder) => realpath(folder).catch(() => folder)));
  const folders = [...new Set(real)].sort((a, b) => Number(isOfSystem(a)) - Number(isOfSystem(b)));
  const own = folders[0];
  const version = /python(\d+\.\d+)/.exec(`${own ?? ''} ${file}`)?.[1];
  if (version === undefined) return undefined;
  return { interpreter: (await interpreterOf(own)) ?? called ?? file, version, folders };
}

export function loadedFrom(mapped: string): string[] {
  const folders = new Set<string>();
  for (const line of mapped.split('\n')) {
    const path = line.slice(line.indexOf('/'));
    const [folder] = /^\/.*?\/(site|dist)-packages(?=\/)/.exec(path) ?? [];
    if (folder !== undefined) folders.add(folder);
  }
  return [...folders];
}

async function firstWithPackages(homes: string[]): Promise<string[]> {
  for (const home of homes) {
    const names = await readdir(join(home, 'lib')).catch(() => []);
    const candidates = names.filter((name) => /^python3/.test(name)).map((name) => join(home, 'lib', name));
    const packages = candidates.flatMap((library) => [join(library, 'site-packages'), join(library, 'dist-packages')]);
    const present = await Promise.all(packages.map(async (path) => ((await exists(path)) ? [path] : [])));
    if (present.flat().length > 0) return present.flat();
  }
  return [];
}

/** `PREFIX/lib/python3.12/site-packages` belongs to `PREFIX/bin/python`, if that is an environment. */
async function interpreterOf(packages: string | undefined): Promise<string | undefined> {
  if (packages === undefined) return undefined;
  const prefix = dirname(dirname(dirname(packages)));
  const isEnvironment = (await readFile(join(prefix, 'pyvenv.cfg'), 'utf8').catch(() => '')) !== '';
  const python = join(prefix, 'bin', 'python');
  return isEnvironment && (await exists(python)) ? python : undefined;
}

function isOfSystem(folder: string): boolean {
  return folder.startsWith('/usr/');
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
