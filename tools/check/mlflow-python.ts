import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { exec, mustExec } from '../lib/exec.ts';
import { step } from '../lib/progress.mjs';

/** What the scripts in test/conformance import. */
const PACKAGES = ['mlflow', 'scikit-learn', 'skl2onnx', 'onnxruntime', 'schemathesis'];
const DAY_MS = 24 * 60 * 60_000;

const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const home = join(cache, 'crisol', 'mlflow');
const python = join(home, 'venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const stamp = join(home, 'packages.json');

/**
 * A Python with the newest MLflow of PyPI, in an environment of its own outside the project: made once, brought up to date
 * once a day. Undefined on a machine without Python 3.10 or newer.
 */
export async function mlflowPython(): Promise<string | undefined> {
  if (process.env.CRISOL_MLFLOW_PYTHON) return process.env.CRISOL_MLFLOW_PYTHON;
  const system = await systemPython();
  if (!system) return undefined;
  mkdirSync(home, { recursive: true });
  const lock = lockEnvironment();
  try {
    if (!isFresh())
      await step('MLflow and scikit-learn from PyPI, for its own client to test with', () => bring(system));
    return python;
  } finally {
    lock.close();
  }
}

async function systemPython(): Promise<string | undefined> {
  const isNewEnough = 'import sys; sys.exit(sys.version_info < (3, 10))';
  for (const command of ['python3', 'python']) {
    const { code } = await exec(command, ['-c', isNewEnough]).catch(() => ({ code: 1 }));
    if (code === 0) return command;
  }
  return undefined;
}

/** Two runs beside each other must not install into it at once; the lock goes with its process, however that ends. */
function lockEnvironment(): Database.Database {
  const lock = new Database(join(home, 'lock.db'), { timeout: 15 * 60_000 });
  lock.exec('BEGIN EXCLUSIVE');
  return lock;
}

function isFresh(): boolean {
  return existsSync(python) && existsSync(stamp) && Date.now() - statSync(stamp).mtimeMs < DAY_MS;
}

async function bring(system: string): Promise<void> {
  const complete = existsSync(stamp);
  if (!complete) await mustExec(system, ['-m', 'venv', '--clear', join(home, 'venv')]);
  const { code, output } = await exec(python, ['-m', 'pip', 'install', '--quiet', '--upgrade', ...PACKAGES]);
  if (code === 0) writeFileSync(stamp, JSON.stringify(PACKAGES));
  // without a network what was newest the last time has to do
  else if (complete) console.warn(`\n!!! MLflow could not be brought up to date:\n${output}`);
  else throw new Error(`pip could not install ${PACKAGES.join(', ')}:\n${output}`);
}
