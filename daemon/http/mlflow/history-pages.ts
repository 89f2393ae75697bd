import { CrisolError } from '../../base/errors.ts';
import type { Columns, Point } from '../../tracking/index.ts';
import { emptyColumns, partOf, pointAt } from '../../tracking/index.ts';
import type { MetricPiece } from './metric-text.ts';

/** What is read at once, also of a history that is asked for whole. */
const PAGE = 25_000;

export type ReadHistory = (page: { after: Point | undefined; limit: number }) => Promise<Columns>;

/** A history that is answered while it is read. One point more than a page has tells whether another follows. */
export class HistoryPages {
  private page = emptyColumns(0);
  private left: number;
  private last: Point | undefined;
  private readonly read: ReadHistory;

  constructor(read: ReadHistory, limit: number, token: string | undefined) {
    this.read = read;
    this.left = limit;
    this.last = readToken(token);
  }

  /** Before anything is answered: what fails now can still be told. */
  async begin(): Promise<void> {
    this.page = await this.read({ after: this.last, limit: Math.min(this.left, PAGE) + 1 });
  }

  async *pieces(): AsyncGenerator<MetricPiece> {
    while (this.page.length > 0 && this.left > 0) {
      const points = partOf(this.page, 0, Math.min(this.left, PAGE, this.page.length));
      this.left -= points.length;
      this.last = pointAt(points, points.length - 1);
      yield { points };
      if (points.length === this.page.length) this.page = emptyColumns(0);
      else if (this.left > 0) await this.begin();
    }
  }

  end(): { next_page_token?: string } {
    return this.page.length > 0 && this.last ? { next_page_token: writeToken(this.last) } : {};
  }
}

/** The point after which a page begins: finding it costs the same on every page, and new points shift nothing. */
function readToken(token: string | undefined): Point | undefined {
  if (!token) return undefined;
  try {
    const { after } = JSON.parse(Buffer.from(token, 'base64').toString('utf8'));
    if (Array.isArray(after) && after.length === 3 && after.slice(0, 2).every(Number.isSafeInteger)) {
      const [step, timestamp, value] = after;
      return [step, timestamp, Number(value)];
    }
  } catch {
    // told below
  }
  throw new CrisolError('INVALID_PARAMETER_VALUE', `Invalid page token, could not decode ${JSON.stringify(token)}.`);
}

function writeToken([step, timestamp, value]: Point): string {
  // as text, since JSON has no NaN and no infinities
  return Buffer.from(JSON.stringify({ after: [step, timestamp, String(value)] })).toString('base64url');
}
