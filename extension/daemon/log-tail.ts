import type { LogPlace, StepLog } from '../../schemas/wire/pipelines.ts';

/** Of a larger output the end is kept: an editor shows no more than some megabytes well. */
const MOST = 5_000_000;

interface Known {
  attempt: number;
  start: number;
  next: number;
  text: string;
}

/** The end of what a step printed, as one text; each time only what is new is asked for. */
export class LogTail {
  private readonly page: (place: LogPlace) => Promise<StepLog>;
  private known: Known | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(page: (place: LogPlace) => Promise<StepLog>) {
    this.page = page;
  }

  /** One reading at a time: each goes on where the one before ended. */
  read(): Promise<Known> {
    const next = this.last.then(() => this.readOn());
    this.last = next.catch(() => undefined);
    return next;
  }

  private async readOn(): Promise<Known> {
    let known = this.known ?? (await this.end());
    for (;;) {
      const { attempt, next } = known;
      const log = await this.page({ offset: next, attempt });
      const isFar = log.bytes - next > MOST;
      if (log.attempt !== attempt || isFar) known = await this.end();
      else if (log.text === '') break;
      else known = shortened({ ...known, next: log.next_offset, text: known.text + log.text });
    }
    this.known = known;
    return known;
  }

  /** Page by page backwards, as much of it as is kept. */
  private async end(): Promise<Known> {
    const last = await this.page({ offset: -MOST });
    let known: Known = { attempt: last.attempt, start: last.offset, next: last.next_offset, text: last.text };
    while (known.start > 0 && known.text.length < MOST) {
      const { attempt, offset, text } = await this.page({ before: known.start, attempt: known.attempt });
      if (attempt !== known.attempt || text === '') break;
      known = { ...known, start: offset, text: text + known.text };
    }
    return known;
  }
}

/** From a line on, once it is larger by a good part: not with each line that follows. */
function shortened(known: Known): Known {
  const { text, start } = known;
  if (text.length < MOST * 1.2) return known;
  const cut = text.indexOf('\n', text.length - MOST) + 1 || text.length - MOST;
  return { ...known, start: start + Buffer.byteLength(text.slice(0, cut)), text: text.slice(cut) };
}
