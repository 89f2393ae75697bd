import type { FilesProgress } from '../../../schemas/pipelines/files-progress.ts';
import type { Watch } from '../jobs/watch.ts';
import { bytesOf } from '../jobs/watch.ts';

const EACH_MS = 100;

/** Tells now and then how far a look is, however many threads read. */
export class Progress {
  private readonly watch: Watch;
  private tell: (progress: FilesProgress) => void = () => {};
  private files = 0;
  private expected = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(watch: Watch) {
    this.watch = watch;
  }

  follow(tell: (progress: FilesProgress) => void): void {
    this.tell = tell;
  }

  /** So many more are there. */
  found(files: number): void {
    this.files += files;
    this.begin();
  }

  /** So much more is to be read. */
  expect(bytes: number): void {
    this.expected += bytes;
    if (bytes > 0) this.begin();
  }

  dispose(): void {
    clearInterval(this.timer);
  }

  private begin(): void {
    const now = () => this.tell({ files: this.files, done: bytesOf(this.watch), of: this.expected });
    this.timer ??= setInterval(now, EACH_MS);
  }
}
