/**
 * Holds the daemon against the newest MLflow client on PyPI: makes a virtual environment once, brings the client up to date
 * and runs test/conformance. With CRISOL_MLFLOW_PYTHON set that Python is taken as it is.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const environment = join(cache, 'crisol', 'mlflow-client');
const inEnvironment = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

const python = process.env.CRISOL_MLFLOW_PYTHON ?? prepare();
const env = { ...process.env, CRISOL_MLFLOW_PYTHON: python };
run(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'conformance'], env);

function prepare(): string {
  if (!existsSync(inEnvironment)) run(systemPython(), ['-m', 'venv', environment]);
  run(inEnvironment, ['-m', 'pip', 'install', '--quiet', '--upgrade', 'mlflow-skinny']);
  return inEnvironment;
}

function systemPython(): string {
  const isNewEnough = 'import sys; sys.exit(sys.version_info < (3, 10))';
  const found = ['python3', 'python'].find((command) => spawnSync(command, ['-c', isNewEnough]).status === 0);
  if (found) return found;
  console.error("Python 3.10 or newer was not found: MLflow's client cannot run.");
  process.exit(1);
}

function run(command: string, args: string[], environmentOfIt = process.env): void {
  const { status } = spawnSync(command, args, { stdio: 'inherit', cwd: root, env: environmentOfIt });
  if (status !== 0) process.exit(status ?? 1);
}
