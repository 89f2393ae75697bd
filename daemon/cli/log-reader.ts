import type { ServerMessage } from '../../schemas/wire/events.ts';
import type { StepLog } from '../../schemas/wire/pipelines.ts';
import type { Api } from './api.ts';
import { segment } from './api.ts';

export interface Place {
  runId: string;
  step: string;
}

const PAGE_BYTES = 256 * 1024;

/** What is told of an output. */
export class LogNews {
  readonly topic: `log:${string}`;
  told: StepLog | undefined;
  private wake = Promise.withResolvers<void>();

  constructor({ runId, step }: Place) {
    this.topic = `log:${runId}/${step}`;
  }

  take(message: ServerMessage): undefined {
    if (!('topic' in message) || message.topic !== this.topic || !('log' in message)) return;
    this.told = message.log;
    this.wake.resolve();
    this.wake = Promise.withResolvers();
  }

  /** Answers at once when there was something since. */
  async after(known: StepLog | undefined): Promise<void> {
    if (this.told === known) await this.wake.promise;
  }
}

/** Goes on where it was left. */
export class LogReader {
  hasEnded = false;
  private readonly api: Api;
  private readonly path: string;
  private attempt: number | undefined;
  private offset = 0;
  /** where the earliest of it began */
  private from = 0;

  constructor(api: Api, { runId, step }: Place) {
    this.api = api;
    this.path = `/pipelines/runs/${segment(runId)}/logs/${segment(step)}`;
  }

  /** Whether this follows right after what was read; then it is read, too. */
  takes(told: StepLog): boolean {
    const follows = told.text !== '' && told.attempt === this.attempt && told.offset === this.offset;
    if (follows) this.goOn(told);
    return follows;
  }

  async next(): Promise<string> {
    const attempt = this.attempt === undefined ? '' : `&attempt=${this.attempt}`;
    return this.goOn(await this.api.get(`${this.path}?offset=${this.offset}${attempt}`));
  }

  /** The last lines. */
  async last(lines: number): Promise<string> {
    let page = this.goOn(await this.api.get(`${this.path}?offset=-${PAGE_BYTES}`));
    for (let from = this.from; from > 0 && countLines(page) < lines; from = this.from) {
      const before = await this.api.get<StepLog>(`${this.path}?before=${from}&attempt=${this.attempt}`);
      // the rest is given up
      if (before.text === '') break;
      this.from = before.offset;
      page = before.text + page;
    }
    return page
      .split('\n')
      .slice(-lines - (page.endsWith('\n') ? 1 : 0))
      .join('\n');
  }

  private goOn({ attempt, offset, text, next_offset, ended }: StepLog): string {
    this.attempt = attempt;
    this.from = offset;
    this.offset = next_offset;
    this.hasEnded = ended;
    return text;
  }
}

const countLines = (text: string): number => text.split('\n').length - 1;
