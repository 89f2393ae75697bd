import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { exec, mustExec } from './exec.ts';
import { step } from './progress.mjs';

const DAY_MS = 24 * 60 * 60_000;
const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');

export interface PythonPackages {
  /** of the environment's folder */
  name: string;
  packages: readonly string[];
  /** what they are for, in words */
  what: string;
}

/**
 * A Python with the newest of some packages of PyPI, in an environment of its own outside the project: made once, brought up to
 * date once a day. Undefined on a machine without Python 3.10 or newer.
 */
export async function pythonWith({ name, packages, what }: PythonPackages): Promise<string | undefined> {
  const system = await systemPython();
  if (!system) return undefined;
  const home = join(cache, 'crisol', name);
  mkdirSync(home, { recursive: true });
  const lock = lockEnvironment(home);
  try {
    if (!isFresh(home, packages)) await step(what, () => bring(home, system, packages));
    return pythonIn(home);
  } finally {
    lock.close();
  }
}

const pythonIn = (home: string): string =>
  join(home, 'venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const stampIn = (home: string): string => join(home, 'packages.json');

async function systemPython(): Promise<string | undefined> {
  const isNewEnough = 'import sys; sys.exit(sys.version_info < (3, 10))';
  for (const command of ['python3', 'python']) {
    const { code } = await exec(command, ['-c', isNewEnough]).catch(() => ({ code: 1 }));
    if (code === 0) return command;
  }
  return undefined;
}

/** Two runs beside each other must not install into it at once; the lock goes with its process, however that ends. */
function lockEnvironment(home: string): Database.Database {
  const lock = new Database(join(home, 'lock.db'), { timeout: 15 * 60_000 });
  lock.exec('BEGIN EXCLUSIVE');
  return lock;
}

/** Complete, with what is wanted today. */
function isFresh(home: string, packages: readonly string[]): boolean {
  const stamp = stampIn(home);
  if (!existsSync(pythonIn(home)) || !existsSync(stamp)) return false;
  const isToday = Date.now() - statSync(stamp).mtimeMs < DAY_MS;
  return isToday && readFileSync(stamp, 'utf8') === JSON.stringify(packages);
}

async function bring(home: string, system: string, packages: readonly string[]): Promise<void> {
  const complete = existsSync(stampIn(home));
  if (!complete) await mustExec(system, ['-m', 'venv', '--clear', join(home, 'venv')]);
  const { code, output } = await exec(pythonIn(home), ['-m', 'pip', 'install', '--quiet', '--upgrade', ...packages]);
  if (code === 0) writeFileSync(stampIn(home), JSON.stringify(packages));
  // without a network what was newest the last time has to do
  else if (complete) console.warn(`\n!!! ${packages.join(', ')} could not be brought up to date:\n${output}`);
  else throw new Error(`pip could not install ${packages.join(', ')}:\n${output}`);
}
