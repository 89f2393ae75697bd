import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TempWorkspace } from '../../../support/temp-workspace.ts';

/** The numbers of the supervisors that look after steps of a workspace, or did. */
export function supervisorsOf(folder: string): number[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.map((name) => Number(JSON.parse(readFileSync(join(folder, name), 'utf8')).instance.pid));
}

export function killSupervisor(workspace: TempWorkspace): void {
  for (const pid of supervisorsOf(workspace.path('.crisol', 'supervisors'))) process.kill(pid, 'SIGKILL');
}
