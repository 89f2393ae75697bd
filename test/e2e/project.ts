import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE_NAME, writeSample } from '../../samples/index.ts';
import type { DaemonInfo } from '../../schemas/workspace.ts';
import { exec } from '../../tools/lib/exec.ts';
import { ROOT } from '../../tools/lib/root.ts';
import { isAlive } from '../support/processes.ts';
import type { TempWorkspaceOptions } from '../support/temp-workspace.ts';
import { AWKWARD_NAME, TempWorkspace } from '../support/temp-workspace.ts';
import { waitFor } from '../support/wait-for.ts';

/** A project in a folder of its own. The daemon that a window starts in it ends with the test. */
export class Project extends TempWorkspace {
  /** where the command line lies: another Crisol may be installed too */
  programs = join(ROOT, 'dist');

  /** The sample, as `npm start` makes it; or a copy of such a project. */
  static async ofSample(options: Pick<TempWorkspaceOptions, 'copyOf'> = {}): Promise<Project> {
    // every window works in a folder with such a name; in the docs' pictures people see one of their own
    const name = process.env.UPDATE_PICTURES ? SAMPLE_NAME : AWKWARD_NAME;
    const project = new Project({ name, ...options });
    await writeSample(project.folder);
    return project;
  }

  /** The command line, as in a terminal beside the window. */
  async crisol(...args: string[]): Promise<string> {
    const command = [join(this.programs, 'crisol.cjs'), ...args, '--workspace', this.folder];
    const { code, output } = await exec(process.execPath, command);
    if (code !== 0) throw new Error(`crisol ${args.join(' ')} ended with ${code}: ${output}`);
    return output;
  }

  get daemon(): DaemonInfo | undefined {
    const file = this.path('.crisol', 'daemon.json');
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  }

  /** As a crash ends it. */
  killDaemon(): void {
    if (!this.daemon) throw new Error('there is no daemon');
    process.kill(this.daemon.pid, 'SIGKILL');
  }

  async end(): Promise<void> {
    const pid = this.daemon?.pid;
    if (pid !== undefined && isAlive(pid)) {
      process.kill(pid, 'SIGTERM');
      await waitFor(() => !isAlive(pid), { what: 'the end of the daemon' });
    }
    this.dispose();
  }
}
