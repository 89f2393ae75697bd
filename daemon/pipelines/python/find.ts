import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where virtual environments are usually made, the likelier first. */
const FOLDERS = ['.venv', 'venv', '.conda'];

/** The Python that a workspace means: its own virtual environment, else the one that is active, else what PATH has. */
export function findPython(
  workspace: string,
  env: Readonly<NodeJS.ProcessEnv> = process.env,
  platform = process.platform,
): string | undefined {
  const own = FOLDERS.map((name) => join(workspace, name));
  const active = [env.VIRTUAL_ENV, env.CONDA_PREFIX].filter((folder) => folder !== undefined && folder !== '');
  const inEnvironments = [...own, ...active].flatMap((folder) => placesIn(folder ?? '', platform));
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => namesFor(platform).map((name) => join(folder, name)));
  return [...inEnvironments, ...onPath].find((file) => existsSync(file));
}

/** conda puts it at the top on Windows. */
const placesIn = (folder: string, platform: NodeJS.Platform): string[] =>
  platform === 'win32'
    ? [join(folder, 'Scripts', 'python.exe'), join(folder, 'python.exe')]
    : [join(folder, 'bin', 'python'), join(folder, 'bin', 'python3')];

const namesFor = (platform: NodeJS.Platform): string[] =>
  platform === 'win32' ? ['python.exe', 'python3.exe'] : ['python', 'python3'];
