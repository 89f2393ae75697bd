import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import type { StepTask } from '../../../../daemon/pipelines/executors/port.ts';
import { STATE_FOLDER } from '../../../../schemas/state-folder.ts';

/** Takes files between our workspace and another machine, where each step has a workspace of its own. */
export class Carrier {
  private readonly ours: string;
  private readonly theirs: string;

  constructor(ours: string, theirs: string) {
    this.ours = ours;
    this.theirs = theirs;
  }

  /** Answers the task as it is there: with what it says that it needs, and nothing else. Throws in words. */
  async take(task: StepTask): Promise<StepTask> {
    const { id, folder, reads, writes, files } = task;
    if (!existsSync(join(this.ours, folder))) throw new Error(`there is no folder ${folder}`);
    const home = homeOf(id);
    await rm(join(this.theirs, home), { recursive: true, force: true });
    mkdirSync(join(this.theirs, home, folder), { recursive: true });
    const wanted = [...reads.map((path) => posix.join(folder, path)), ...Object.values(files)];
    for (const path of wanted) await this.copyThere(path, home);
    for (const path of writes) mkdirSync(join(this.theirs, home, folder, dirname(path)), { recursive: true });
    writeFileSync(this.noteOf(id), JSON.stringify({ folder, writes }));
    const there = Object.entries(files).map(([name, path]) => [name, posix.join(home, path)]);
    return { ...task, folder: posix.join(home, folder), files: Object.fromEntries(there) };
  }

  /** What the step made, once: later it may be what others made of it. */
  async giveBack(id: string): Promise<void> {
    const note = this.noteOf(id);
    if (!existsSync(note)) return;
    const { folder, writes }: Pick<StepTask, 'folder' | 'writes'> = JSON.parse(readFileSync(note, 'utf8'));
    const home = join(this.theirs, homeOf(id));
    for (const path of writes) {
      const [from, to] = [join(home, folder, path), join(this.ours, folder, path)];
      if (!lstatSync(from, { throwIfNoEntry: false })) continue;
      await rm(to, { recursive: true, force: true });
      mkdirSync(dirname(to), { recursive: true });
      await cp(from, to, { recursive: true, verbatimSymlinks: true });
    }
    await rm(note);
    await rm(home, { recursive: true, force: true });
  }

  private async copyThere(path: string, home: string): Promise<void> {
    const from = join(this.ours, path);
    if (!existsSync(from)) return;
    const filter = (source: string) => source === from || basename(source) !== STATE_FOLDER;
    await cp(from, join(this.theirs, home, path), { recursive: true, dereference: true, filter });
  }

  private noteOf(id: string): string {
    return `${join(this.theirs, homeOf(id))}.json`;
  }
}

const homeOf = (id: string): string => `at/${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
