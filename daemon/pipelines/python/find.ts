import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { PythonInfo } from '../../../schemas/wire/python.ts';

export type FoundPython = Pick<PythonInfo, 'path' | 'from'>;

/** Where virtual environments are usually made, the likelier first. */
const FOLDERS = ['.venv', 'venv', '.conda'];

/** The Python that a workspace means: its own virtual environment, else the one that is active, else what PATH has. */
export function findPython(
  workspace: string,
  env: Readonly<NodeJS.ProcessEnv> = process.env,
  platform = process.platform,
): FoundPython | undefined {
  const own = FOLDERS.map((name) => join(workspace, name));
  const active = [env.VIRTUAL_ENV, env.CONDA_PREFIX].filter((folder) => folder !== undefined && folder !== '');
  const onPath = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const places: FoundPython[] = [
    ...own.flatMap((folder) => placesIn(folder, platform)).map((path) => ({ path, from: 'workspace' as const })),
    ...active.flatMap((folder) => placesIn(folder ?? '', platform)).map((path) => ({ path, from: 'active' as const })),
    ...onPath.flatMap((folder) =>
      namesFor(platform).map((name) => ({ path: join(folder, name), from: 'path' as const })),
    ),
  ];
  return places.find(({ path }) => existsSync(path));
}

/** conda puts it at the top on Windows. */
const placesIn = (folder: string, platform: NodeJS.Platform): string[] =>
  platform === 'win32'
    ? [join(folder, 'Scripts', 'python.exe'), join(folder, 'python.exe')]
    : [join(folder, 'bin', 'python'), join(folder, 'bin', 'python3')];

const namesFor = (platform: NodeJS.Platform): string[] =>
  platform === 'win32' ? ['python.exe', 'python3.exe'] : ['python', 'python3'];
