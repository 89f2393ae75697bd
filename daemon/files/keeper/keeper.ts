import { asCrisolError } from '../../base/errors.ts';
import { asFileError } from '../../base/file-errors.ts';
import type { Watch } from '../jobs/watch.ts';
import { newWatch, Stopped, stop } from '../jobs/watch.ts';
import { handlers } from './handlers.ts';
import { Memory } from './memory.ts';
import type { Parts } from './parts.ts';
import { partsOf } from './parts.ts';
import { Progress } from './progress.ts';
import type { Answer, Call, CallFailure, KeeperOptions, Message, Request } from './protocol.ts';

/** The process that knows: it answers all calls of the daemon, as many at once as come, and ends with it. */
export function serve(options: KeeperOptions): void {
  const keeper = new Keeper(options);
  process.on('message', (message: Message) => keeper.take(message));
  process.on('disconnect', () => keeper.end());
  // those of the terminal are the daemon's, which lets us go when it ends
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
}

class Keeper {
  private readonly options: KeeperOptions;
  private readonly memory: Memory;
  private readonly underWay = new Map<number, Watch>();
  private parts: Parts | undefined;

  constructor(options: KeeperOptions) {
    this.options = options;
    this.memory = new Memory(options);
  }

  take(message: Message): void {
    if ('call' in message) void this.answer(message);
    else this.stop(message.stop);
  }

  end(): void {
    this.memory.saveQuietly();
    process.exit();
  }

  private async answer(request: Request): Promise<void> {
    const { id } = request;
    const watch = newWatch();
    const progress = new Progress(watch, (now) => tell({ id, ...now }));
    this.underWay.set(id, watch);
    try {
      tell({ id, value: await this.handle(request, watch, progress) });
    } catch (failure) {
      tell({ id, failure: wordsOf(failure, this.options.folder) });
    } finally {
      this.underWay.delete(id);
      progress.dispose();
      this.memory.saveSoon();
    }
  }

  private handle<C extends Call>({ call, asked, now }: Request<C>, watch: Watch, progress: Progress) {
    this.memory.tellTime(now);
    this.parts ??= partsOf(this.memory, this.options);
    return handlers[call](this.parts, asked, { watch, clock: now, progress });
  }

  private stop(id: number): void {
    const watch = this.underWay.get(id);
    if (watch) stop(watch);
  }
}

function tell(told: Answer): void {
  process.send?.(told, undefined, {}, () => {});
}

function wordsOf(failure: unknown, folder: string): CallFailure {
  if (failure instanceof Stopped) return { code: 'stopped', message: failure.message };
  const { code, message, hint } = asCrisolError(asFileError(failure, folder));
  return { code, message, hint };
}
