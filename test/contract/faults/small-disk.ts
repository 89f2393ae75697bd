import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TempWorkspace } from '../../support/temp-workspace.ts';

/** Whether this machine lets us mount a disk of our own: as root on Linux, in most containers. */
export const CAN_MOUNT = tryToMount();

/** A workspace on a disk of its own, which can be filled and set to read-only. Without mounts, only the second works. */
export class SmallDisk {
  readonly workspace = new TempWorkspace();
  private readonly filler: string;

  constructor(megabytes: number) {
    this.filler = join(this.workspace.folder, 'filler');
    if (CAN_MOUNT) run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', this.workspace.folder);
  }

  /** Leaves not a byte. */
  fill(): void {
    const { bavail, bsize } = statfsSync(this.workspace.folder);
    try {
      writeFileSync(this.filler, Buffer.alloc(bavail * bsize));
    } catch (failure) {
      // a daemon that writes meanwhile takes of it, too: full is full
      if (!(failure instanceof Error && 'code' in failure && failure.code === 'ENOSPC')) throw failure;
    }
  }

  mend(): void {
    rmSync(this.filler, { force: true });
  }

  setWritable(writable: boolean): void {
    const { folder } = this.workspace;
    if (CAN_MOUNT) run('mount', '-o', `remount,${writable ? 'rw' : 'ro'}`, folder);
    else
      for (const path of ['', '.crisol', ...filesIn(folder)]) chmodSync(join(folder, path), writable ? 0o700 : 0o500);
  }

  dispose(): void {
    if (CAN_MOUNT) run('umount', '--lazy', this.workspace.folder);
    this.workspace.dispose();
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(join(folder, '.crisol'), { recursive: true }).map((name) => join('.crisol', String(name)));
}

function tryToMount(): boolean {
  const probe = new TempWorkspace();
  const folder = probe.path('disk');
  mkdirSync(folder);
  try {
    run('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder);
    run('umount', folder);
    return true;
  } catch {
    return false;
  } finally {
    probe.dispose();
  }
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: 'ignore' });
}
