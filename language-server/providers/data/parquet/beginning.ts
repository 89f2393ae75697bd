/**
 * The footer of a Parquet file is a struct in Thrift's compact protocol: version, columns and number of rows come first, then for
 * each group of rows what is in it, which is most of it and tells nothing that is shown. The library that reads it believes each length that stands in
 * it, so that a few bytes would have it take gigabytes or run for minutes: here they are held against what is there.
 */

const [TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, STRUCT] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12];
const STOP = 0;
const NUMBER_OF_ROWS = 3;
/** Columns lie in a list in the footer, and what they mean is two structs further in. */
const MOST_DEPTH = 8;

/** The footer up to its number of rows. Throws where it is no footer, or not all of that is there. */
export function beginningOf(footer: Uint8Array): Uint8Array {
  const cursor = new Cursor(footer);
  for (let id = 0; id !== NUMBER_OF_ROWS; ) {
    const field = fieldAt(cursor, id);
    if (!field || field.id > NUMBER_OF_ROWS) throw new Error('has no number of rows');
    pass(cursor, field.type, 0);
    id = field.id;
  }
  return footer.subarray(0, cursor.at);
}

class Cursor {
  at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.at;
  }

  byte(): number {
    const byte = this.#bytes[this.at++];
    if (byte === undefined) throw new Error('ends too early');
    return byte;
  }

  skip(count: number): void {
    if (count > this.left) throw new Error('ends too early');
    this.at += count;
  }

  /** Seven bits a byte. */
  number(mostBytes: number): number {
    let value = 0;
    for (let at = 0; at < mostBytes; at++) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** (7 * at);
      if (byte < 0x80) return value;
    }
    throw new Error('has a number that is too long');
  }

  /** Of as many bytes as those that it counts could be. */
  length(): number {
    const length = this.number(4);
    if (length > this.left) throw new Error('ends too early');
    return length;
  }
}

function fieldAt(cursor: Cursor, before: number): { id: number; type: number } | null {
  const byte = cursor.byte();
  const type = byte & 0x0f;
  if (type === STOP) return null;
  const distance = byte >> 4;
  return { type, id: distance > 0 ? before + distance : fromZigzag(cursor.number(3)) };
}

const fromZigzag = (number: number): number => (number >>> 1) ^ -(number & 1);

const LONGEST: Record<number, number> = { [I16]: 3, [I32]: 5, [I64]: 10 };
const WIDTHS: Record<number, number> = { [TRUE]: 0, [FALSE]: 0, [BYTE]: 1, [DOUBLE]: 8 };

function pass(cursor: Cursor, type: number, depth: number): void {
  const [width, longest] = [WIDTHS[type], LONGEST[type]];
  if (depth > MOST_DEPTH) throw new Error('lies too deep');
  if (width !== undefined) cursor.skip(width);
  else if (longest !== undefined) cursor.number(longest);
  else if (type === BINARY) cursor.skip(cursor.length());
  else if (type === LIST) passList(cursor, depth);
  else if (type === STRUCT) passStruct(cursor, depth);
  else throw new Error('has what no footer has');
}

function passList(cursor: Cursor, depth: number): void {
  const head = cursor.byte();
  const type = head & 0x0f;
  const size = head >> 4 === 15 ? cursor.length() : head >> 4;
  // in a list a byte each, where a field has it in its head
  const each = type === TRUE || type === FALSE ? BYTE : type;
  if (size > cursor.left) throw new Error('ends too early');
  for (let at = 0; at < size; at++) pass(cursor, each, depth + 1);
}

function passStruct(cursor: Cursor, depth: number): void {
  let field = fieldAt(cursor, 0);
  while (field) {
    pass(cursor, field.type, depth + 1);
    field = fieldAt(cursor, field.id);
  }
}
