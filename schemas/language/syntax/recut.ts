import { lastAtOrBefore } from '../positions.ts';
import type { TextChange } from '../text-change.ts';
import type { Cut } from './cut.ts';
import { Cutter, firstKey, nextLine } from './cut.ts';
import type { Piece } from './piece-content.ts';

/** A version of the file in pieces. */
export interface Pieces {
  text: string;
  pieces: readonly Piece[];
  /** where each begins in this version */
  starts: readonly number[];
}

/** A cut of the file, with the piece that is known to be there. */
export interface Slot extends Cut {
  known?: Piece;
}

/** Where the cuts of a text are, with the pieces of the version before that a change left as they are; null: it cannot be cut. */
export function cutText(text: string, base: number, former: Former | null): Slot[] | null {
  const kept = former?.kept() ?? [];
  const last = kept.at(-1);
  if (last && former) return cutOn(text, kept, new Cutter(text, former.resumesAt, last.indent), former);
  const first = firstKey(text, base);
  if (first === null) return null;
  const above: Slot = { start: base, role: 'above', indent: 0 };
  return cutOn(text, [above], new Cutter(text, first, 0), former);
}

function cutOn(text: string, slots: Slot[], first: Cutter, former: Former | null): Slot[] | null {
  let cutter = first;
  for (let cut = cutter.next(); ; cut = cutter.next()) {
    if (cut) {
      const rest = former?.from(cut);
      if (rest) return [...slots, ...rest];
      slots.push(cut);
    } else if (cutter.odd === 'child') {
      // a section with something odd in it is one piece
      const header = slots.findLastIndex((slot) => slot.role === 'header');
      const start = slots[header]?.start ?? 0;
      slots.splice(header, slots.length, { start, role: 'entry', indent: 0 });
      cutter = new Cutter(text, nextLine(text, start), 0);
    } else {
      return cutter.odd ? null : slots;
    }
  }
}

/** The pieces of the version before. */
export class Former {
  readonly #before: Pieces;
  readonly #delta: number;
  readonly #kept: number;
  #rest = Infinity;
  #at: number;

  constructor(before: Pieces, { from, oldEnd, newEnd }: TextChange) {
    this.#before = before;
    this.#delta = newEnd - oldEnd;
    this.#kept = keptBefore(before, from);
    const { starts } = before;
    const last = lastAtOrBefore(starts, oldEnd);
    this.#at = (starts[last] ?? 0) < oldEnd ? last + 1 : last;
  }

  get text(): string {
    return this.#before.text;
  }

  /** Those that the change leaves as they are. */
  kept(): Slot[] {
    const { pieces, starts } = this.#before;
    return pieces.slice(0, this.#kept).map((known, at) => slotOf(known, starts[at] ?? 0));
  }

  /** Where the first of the others began. */
  get resumesAt(): number {
    return this.#before.starts[this.#kept] ?? 0;
  }

  /** Those that stand between what is the same above and below. */
  get replaced(): { piece: Piece; start: number }[] {
    const { pieces, starts } = this.#before;
    const replaced = pieces.slice(this.#kept, this.#rest);
    return replaced.map((piece, at) => ({ piece, start: starts[this.#kept + at] ?? 0 }));
  }

  /** All from here on, if what begins at this cut did so before. */
  from({ start, role, indent }: Cut): Slot[] | null {
    const { pieces, starts } = this.#before;
    const startOf = (at: number) => (starts[at] ?? Infinity) + this.#delta;
    while (startOf(this.#at) < start) this.#at++;
    const first = this.#at;
    const piece = pieces[first];
    if (!piece || piece.role === 'above' || startOf(first) !== start) return null;
    const isSame = role === 'child' ? piece.role === 'child' && piece.indent === indent : piece.role !== 'child';
    if (!isSame) return null;
    this.#rest = first;
    return pieces.slice(first).map((known, at) => slotOf(known, startOf(first + at)));
  }
}

const slotOf = (known: Piece, start: number): Slot => ({ start, role: known.role, indent: known.indent, known });

/**
 * How many pieces a change leaves as they are: what begins in a changed line may belong to the piece above, and the first
 * entries of a section say whether it is cut at all.
 */
function keptBefore({ pieces, starts }: Pieces, from: number): number {
  const kept = lastAtOrBefore(starts, from) - 1;
  const header = [kept, kept - 1].find((at) => pieces[at]?.role === 'header') ?? kept;
  return header <= 2 ? 0 : header;
}
