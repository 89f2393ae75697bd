import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LockEntry } from '../../../schemas/pipelines/lock/entry.ts';
import type { Lock } from '../../../schemas/pipelines/lock/read.ts';
import { readLock } from '../../../schemas/pipelines/lock/read.ts';
import { LOCK_FILE } from '../../../schemas/state-folder.ts';
import { messageOf } from '../../base/errors.ts';
import { writeUsersFile } from './users-file.ts';

const A_LINK = `${LOCK_FILE} is a link: put the file itself in its place, and run again. Until then it is not written.`;

/** crisol.lock in the workspace, which git and people change as well: it is read again whenever it is another. */
export class LockFile {
  private readonly file: string;
  private readonly umask: number;
  private read: (Look & { identity: string }) | undefined;
  private readonly waiting = new Map<string, LockEntry>();
  private writing: Promise<void> = Promise.resolve();

  constructor(workspace: string, umask: number) {
    this.file = join(workspace, LOCK_FILE);
    this.umask = umask;
  }

  /** Why it is not written, and what to do. */
  get problem(): string | null {
    return this.look().lock.problem;
  }

  find(step: string): LockEntry[] {
    const noted = this.waiting.get(step);
    return noted ? [noted] : this.look().lock.find(step);
  }

  /** It is written with the next `write`. */
  note(step: string, entry: LockEntry): void {
    if (this.look().lock.says(step, entry)) this.waiting.delete(step);
    else this.waiting.set(step, entry);
  }

  /** Only when it says something else; a half is never seen. `isStep`: steps that there are no longer are left out. */
  write(isStep?: (name: string) => boolean): Promise<void> {
    const next = this.writing.then(() => this.writeNow(isStep));
    this.writing = next.catch(() => {});
    return next;
  }

  private async writeNow(isStep?: (name: string) => boolean): Promise<void> {
    const noted = new Map(this.waiting);
    const { lock, text, mode } = this.look();
    if (lock.problem !== null || (noted.size === 0 && text === '')) return;
    const printed = lock.printed(noted, isStep);
    if (printed !== text.replaceAll('\r\n', '\n'))
      await writeUsersFile(this.file, printed, mode ?? 0o666 & ~this.umask);
    for (const [step, entry] of noted) if (this.waiting.get(step) === entry) this.waiting.delete(step);
  }

  private look(): Look {
    try {
      const found = lstatSync(this.file, { bigint: true, throwIfNoEntry: false });
      if (!found) return { lock: readLock(''), text: '' };
      if (found.isSymbolicLink()) return refused(A_LINK);
      const { ino, size, mtimeNs, ctimeNs, mode } = found;
      const identity = [ino, size, mtimeNs, ctimeNs].join(' ');
      if (this.read?.identity === identity) return this.read;
      const text = readFileSync(this.file, 'utf8');
      this.read = { identity, text, lock: readLock(text), mode: Number(mode & 0o777n) };
      return this.read;
    } catch (thrown) {
      return refused(`${LOCK_FILE} cannot be read (${messageOf(thrown)}): mend that, and run again.`);
    }
  }
}

interface Look {
  lock: Lock;
  text: string;
  mode?: number;
}

const refused = (problem: string): Look => ({ lock: { ...readLock(''), problem }, text: '' });
