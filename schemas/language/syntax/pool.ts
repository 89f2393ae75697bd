import type { Piece } from './piece-content.ts';
import type { Pieces, Slot } from './recut.ts';

/** Pieces of the version before that stand between two changes: found by their text. Each is given once. */
export class Pool {
  readonly #before: Pieces | null;
  readonly #slots: readonly Slot[];
  #byText: Map<string, Piece[]> | null = null;

  constructor(before: Pieces | null, slots: readonly Slot[]) {
    this.#before = before;
    this.#slots = slots;
  }

  take(role: Piece['role'], indent: number, text: string): Piece | undefined {
    if (!this.#before) return undefined;
    this.#byText ??= this.#gather(this.#before);
    return this.#byText.get(keyOf(role, indent, text))?.pop();
  }

  #gather({ text, pieces, starts }: Pieces): Map<string, Piece[]> {
    const taken = new Set(this.#slots.map(({ known }) => known));
    const free = pieces
      .map((piece, at) => ({ piece, start: starts[at] ?? 0 }))
      .filter(({ piece }) => !taken.has(piece));
    const byText = new Map<string, Piece[]>();
    for (const { piece, start } of free) {
      const key = keyOf(piece.role, piece.indent, text.slice(start, start + piece.length));
      const same = byText.get(key);
      if (same) same.push(piece);
      else byText.set(key, [piece]);
    }
    return byText;
  }
}

const keyOf = (role: Piece['role'], indent: number, text: string): string => `${role} ${indent} ${text}`;
