import type { Piece } from './piece-content.ts';
import type { Former } from './recut.ts';

/** Pieces of the version before that stand between two changes: found by their text. Each is given once. */
export class Pool {
  readonly #former: Former | null;
  #byText: Map<string, Piece[]> | null = null;

  constructor(former: Former | null) {
    this.#former = former;
  }

  take(role: Piece['role'], indent: number, text: string): Piece | undefined {
    if (!this.#former) return undefined;
    this.#byText ??= gather(this.#former);
    return this.#byText.get(keyOf(role, indent, text))?.pop();
  }
}

const gather = ({ text, replaced }: Former): Map<string, Piece[]> => {
  const found = Map.groupBy(replaced, ({ piece, start }) =>
    keyOf(piece.role, piece.indent, text.slice(start, start + piece.length)),
  );
  return new Map(Array.from(found, ([key, same]) => [key, same.map(({ piece }) => piece)]));
};

const keyOf = (role: Piece['role'], indent: number, text: string): string => `${role} ${indent} ${text}`;
