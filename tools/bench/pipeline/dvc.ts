import { appendFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exec, mustExec } from '../../lib/exec.ts';

/** A DVC project in a git repository of its own, as its documentation sets one up. */
export class Dvc {
  private readonly program: string;
  private readonly folder: string;
  private edits = 0;

  constructor(python: string, folder: string) {
    this.program = join(dirname(python), 'dvc');
    this.folder = folder;
  }

  async writeDep(): Promise<void> {
    await this.write('stages:\n  use:\n    cmd: echo done > out.txt\n    deps: [data]\n    outs: [out.txt]\n');
  }

  async write(stages: string): Promise<void> {
    await mustExec('git', ['init', '--quiet'], { cwd: this.folder });
    await this.dvc('init', '--quiet');
    await this.dvc('config', 'core.analytics', 'false');
    await this.dvc('config', 'core.check_update', 'false');
    writeFileSync(join(this.folder, 'dvc.yaml'), stages);
  }

  add(path: string): Promise<number> {
    return this.dvc('add', '--quiet', path);
  }

  repro(): Promise<number> {
    return this.dvc('repro', '--quiet');
  }

  /** Its time, or `most`, when it would take longer. */
  async reproWithin(most: number): Promise<number> {
    const begin = performance.now();
    await exec(this.program, ['repro', '--quiet'], { cwd: this.folder, timeoutMs: most * 1000 });
    return (performance.now() - begin) / 1000;
  }

  reproAfterEdit(): Promise<number> {
    appendFileSync(join(this.folder, 'data', 'part-7', '7.txt'), `edit ${this.edits++}`);
    return this.repro();
  }

  /** In seconds. */
  private async dvc(...args: string[]): Promise<number> {
    const begin = performance.now();
    await mustExec(this.program, args, { cwd: this.folder });
    return (performance.now() - begin) / 1000;
  }
}
