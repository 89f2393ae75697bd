import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../../base/ids.ts';
import { programPath } from '../../../base/programs.ts';
import { markOf, SUPERVISORS_OWN } from '../mark.ts';
import { processes } from '../processes/index.ts';
import type { Instance } from './instances.ts';
import type { SupervisorSettings } from './protocol.ts';
import { SETTINGS_VARIABLE } from './protocol.ts';
import { shortPath } from './short-path.ts';

export interface Birthplace {
  /** private, for sockets */
  folder: string;
  /** where the files of steps lie */
  steps: string;
  version: string;
}

/** It keeps next to nothing, and what it forgets is soon collected: a small process is also quicker to start others. */
const NODE_OPTIONS = ['--max-semi-space-size=1', '--heap-growing-percent=20'];

/** Starts a supervisor; when this answers, it listens. */
export async function spawnSupervisor(place: Birthplace): Promise<Instance> {
  mkdirSync(place.folder, { recursive: true, mode: 0o700 });
  const id = newId();
  let reason = '';
  // a file system may know no sockets, or the path may be too long for them
  for (const address of [() => besides(place.folder, id), elsewhere]) {
    const settings = { instance: id, version: place.version, secret: newId(), steps: place.steps };
    const found = await tryAt({ ...settings, address: address() });
    if (typeof found !== 'string') return found;
    reason = found;
  }
  throw new Error(`its supervisor did not start: ${reason}`);
}

/** A name that nobody can know before on Windows, where pipes lie in no folder. */
function besides(folder: string, id: string): string {
  return process.platform === 'win32' ? `\\\\.\\pipe\\crisol-${newId()}` : join(folder, `${id.slice(0, 12)}.sock`);
}

/** A new folder that is ours alone. */
function elsewhere(): string {
  return join(mkdtempSync(join(realpathSync(tmpdir()), 'crisol-')), 's');
}

/** A text says why not. */
async function tryAt(settings: SupervisorSettings): Promise<Instance | string> {
  const { instance: id, version, secret, address } = settings;
  const short = shortPath(address);
  if (!short) return 'the path of its socket is too long';
  short.release();
  const child = launch(settings);
  const reason = await firstReport(child);
  child.unref();
  const { pid } = child;
  if (reason !== undefined || pid === undefined) return reason ?? 'it has no number';
  return { id, version, secret, address, pid, born: processes.born(pid) ?? '' };
}

function launch(settings: SupervisorSettings): ChildProcess {
  const mark = markOf(settings.instance, SUPERVISORS_OWN);
  // what a person has Node do, such as wait for a debugger, is meant for that person's programs
  const { NODE_OPTIONS: _, ...env } = process.env;
  return spawn(process.execPath, [...NODE_OPTIONS, programPath('step-supervisor'), settings.steps], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {
      ...env,
      ELECTRON_RUN_AS_NODE: '1',
      [mark.name]: mark.value,
      [SETTINGS_VARIABLE]: JSON.stringify(settings),
    },
    windowsHide: true,
  });
}

/** Why it does not listen; undefined: it does. */
function firstReport(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.once('message', (report) => resolve((report as { reason?: string }).reason));
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended at its start (${signal ?? code})`));
  });
}
