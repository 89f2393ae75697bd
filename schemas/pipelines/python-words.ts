import type { PythonInfo } from '../wire/python.ts';

const FROM: Record<PythonInfo['from'], string> = {
  chosen: 'chosen in VS Code',
  workspace: 'of the workspace',
  active: 'active where the daemon was started',
  path: 'the first on the PATH',
};

/** Which Python a run uses, and why that one: `Python 3.12.1, .venv/bin/python (of the workspace)`. */
export function pythonInWords({ path, from, version }: PythonInfo, workspace: string): string {
  const isInside = path.startsWith(workspace) && '/\\'.includes(path.charAt(workspace.length));
  const shown = isInside ? path.slice(workspace.length + 1) : path;
  return `${version ?? 'A Python that does not tell its version'}, ${shown} (${FROM[from]})`;
}
