import { asCrisolError } from '../../base/errors.ts';
import { asFileError } from '../../base/file-errors.ts';
import type { Watch } from '../jobs/watch.ts';
import { newWatch, Stopped, stop } from '../jobs/watch.ts';
import type { AheadLook } from './ahead.ts';
import { Ahead } from './ahead.ts';
import { handlers } from './handlers.ts';
import { Memory } from './memory.ts';
import type { Parts } from './parts.ts';
import { partsOf } from './parts.ts';
import { Progress } from './progress.ts';
import type { Answer, Asked, Call, CallFailure, KeeperOptions, Message, Request } from './protocol.ts';

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
  private readonly ahead: Ahead;
  private readonly underWay = new Map<number, Watch>();
  private parts: Parts | undefined;

  constructor(options: KeeperOptions) {
    this.options = options;
    this.memory = new Memory(options);
    this.ahead = new Ahead(this.memory.folder);
  }

  take(message: Message): void {
    if ('call' in message) void this.answer(message);
    else if ('stop' in message) this.stop(message.stop);
    else void this.lookAhead(message.lookAhead);
  }

  end(): void {
    this.memory.saveQuietly();
    this.ahead.saveQuietly();
    process.exit();
  }

  private async answer(request: Request): Promise<void> {
    const { id } = request;
    const known = this.lookedAhead(request);
    const watch = known?.watch ?? newWatch();
    const progress = known?.progress ?? new Progress(watch);
    progress.follow((now) => tell({ id, ...now }));
    this.underWay.set(id, watch);
    try {
      tell({ id, value: await (known?.answer ?? this.handle(request, watch, progress)) });
    } catch (failure) {
      tell({ id, failure: wordsOf(failure, this.options.folder) });
    } finally {
      this.underWay.delete(id);
      progress.dispose();
      this.memory.saveSoon();
    }
  }

  /** The daemon still loads: its processor is left to it. */
  private async lookAhead(now: number): Promise<void> {
    try {
      this.memory.tellTime(now);
      this.use().crew.beAlone(true);
    } catch {
      return; // whoever asks is told
    }
    const [id, call, trustsAhead] = [0, 'digest', true] as const;
    await this.ahead.begin(async (paths, { watch, progress }) =>
      this.handle({ id, call, asked: { paths, throughLinks: true }, now, trustsAhead }, watch, progress),
    );
  }

  private lookedAhead({ call, asked, trustsAhead }: Request): AheadLook | undefined {
    this.parts?.crew.beAlone(false);
    if (!trustsAhead) this.ahead.forget();
    if (call !== 'digest') return undefined;
    const question = asked as Asked<'digest'>;
    this.ahead.note(question);
    return this.ahead.take(question);
  }

  private handle<C extends Call>({ call, asked, now }: Request<C>, watch: Watch, progress: Progress) {
    this.memory.tellTime(now);
    return handlers[call](this.use(), asked, { watch, clock: now, progress });
  }

  private use(): Parts {
    this.parts ??= partsOf(this.memory, this.options);
    return this.parts;
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
