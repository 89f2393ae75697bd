import type { RowCounter } from './rows.ts';

const SEPARATORS = [',', ';', '\t', '|'];

/** The names in the first line of a CSV file, whatever separates them. */
export function headerOf(head: string): string[] {
  const [line = ''] = head.replace(/^\uFEFF/, '').split(/\r?\n|\r/, 1);
  const separator = separatorIn(line);
  const names: string[] = [];
  let [name, isQuoted] = ['', false];
  for (const letter of line) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter !== separator || isQuoted) name += letter;
    else {
      names.push(name);
      name = '';
    }
  }
  return [...names, name].map((one) => one.trim()).filter((one) => one !== '');
}

function separatorIn(line: string): string {
  const [most = ','] = SEPARATORS.toSorted((a, b) => line.split(b).length - line.split(a).length);
  return most;
}

const [QUOTE, LINE_FEED, RETURN] = [0x22, 0x0a, 0x0d];
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** `opening`: a field begins; `closing`: after a quote within quotes, which ends them unless another one follows. */
type State = 'opening' | 'plain' | 'quoted' | 'closing';

/** Rows below the header. A line in quotes is none of its own, nor is one with nothing in it. */
export class SeparatedRows implements RowCounter {
  #separator: number | undefined;
  #state: State = 'opening';
  #lines = 0;
  #hasBegun = false;

  take(bytes: Uint8Array): void {
    const begin = this.#separator === undefined ? this.#begin(bytes) : 0;
    for (let at = begin; at < bytes.length; at++) this.#next(bytes[at] ?? 0);
  }

  get rows(): number {
    return Math.max(0, this.#lines + (this.#hasBegun ? 1 : 0) - 1);
  }

  /** What separates is seen in the first line; where the text begins. */
  #begin(bytes: Uint8Array): number {
    const begin = BYTE_ORDER_MARK.every((byte, at) => bytes[at] === byte) ? BYTE_ORDER_MARK.length : 0;
    const [line = ''] = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
      .toString('latin1', begin)
      .split(/[\r\n]/, 1);
    this.#separator = separatorIn(line).charCodeAt(0);
    return begin;
  }

  #next(byte: number): void {
    if (this.#state === 'quoted') {
      if (byte === QUOTE) this.#state = 'closing';
    } else if (byte === LINE_FEED || byte === RETURN) {
      if (this.#hasBegun) this.#lines++;
      this.#hasBegun = false;
      this.#state = 'opening';
    } else {
      this.#hasBegun = true;
      this.#state = this.#within(byte);
    }
  }

  #within(byte: number): State {
    if (byte === this.#separator) return 'opening';
    return byte === QUOTE && this.#state !== 'plain' ? 'quoted' : 'plain';
  }
}
