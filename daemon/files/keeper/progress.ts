import type { Watch } from '../jobs/watch.ts';
import { bytesOf } from '../jobs/watch.ts';

const EACH_MS = 100;

/** Tells now and then how far reading is, however many threads read. */
export class Progress {
  private readonly watch: Watch;
  private readonly tell: (done: number, of: number) => void;
  private expected = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(watch: Watch, tell: (done: number, of: number) => void) {
    this.watch = watch;
    this.tell = tell;
  }

  /** So much more is to be read. */
  expect(bytes: number): void {
    this.expected += bytes;
    if (bytes > 0) this.timer ??= setInterval(() => this.tell(bytesOf(this.watch), this.expected), EACH_MS);
  }

  dispose(): void {
    clearInterval(this.timer);
  }
}
