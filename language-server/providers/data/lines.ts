import type { RowCounter } from './rows.ts';

/** Rows may leave out what is not known of them: the first ones together name the columns. */
const MOST_ROWS = 100;

/** The keys of the first rows, in the order in which they come. What is no row, such as one that is cut off, has none. */
export function keysOf(head: string): string[] {
  const lines = head.replace(/^\uFEFF/, '').split('\n', MOST_ROWS);
  return [...new Set(lines.flatMap(keysIn))];
}

function keysIn(line: string): string[] {
  try {
    const row: unknown = JSON.parse(line);
    return row !== null && typeof row === 'object' && !Array.isArray(row) ? Object.keys(row) : [];
  } catch {
    return [];
  }
}

const [LINE_FEED, SPACE] = [0x0a, 0x20];

/** Lines with something in them: in JSON no text goes over lines. */
export class LineRows implements RowCounter {
  #lines = 0;
  #hasBegun = false;

  take(bytes: Uint8Array): void {
    let [lines, hasBegun] = [this.#lines, this.#hasBegun];
    // not `for … of`, which takes several times as long for bytes
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte > SPACE) hasBegun = true;
      else if (byte === LINE_FEED && hasBegun) {
        lines++;
        hasBegun = false;
      }
    }
    [this.#lines, this.#hasBegun] = [lines, hasBegun];
  }

  get rows(): number {
    return this.#lines + (this.#hasBegun ? 1 : 0);
  }
}
