import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instance } from '../../../../daemon/pipelines/executors/local/instances.ts';
import { isAlive } from '../../../../daemon/pipelines/executors/processes/index.ts';
import type { TempWorkspace } from '../../../support/temp-workspace.ts';

/** What is kept in such a folder, living or dead. */
export function instancesIn(folder: string): Instance[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  return names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).instance);
}

/** The numbers of the supervisors that live. */
export function supervisorsIn(folder: string): number[] {
  const living = instancesIn(folder).filter(({ pid, born }) => isAlive(pid, born));
  return living.map(({ pid }) => pid);
}

export function killSupervisor(workspace: TempWorkspace): void {
  for (const pid of supervisorsIn(workspace.path('.crisol', 'supervisors'))) process.kill(pid, 'SIGKILL');
}
