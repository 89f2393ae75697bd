import type { Piece } from './piece-content.ts';
import type { Entry } from './tree.ts';

/** Pieces that stand together, and their entries: a block of the section (see `blocks.ts`). */
export interface Group {
  pieces: readonly Piece[];
  entries: readonly Entry[];
}

/** A change costs as many entries, and as many blocks, as there are: both are few in files of any length. */
const SIZE = 64;

/** Groups of the version before stay where their pieces did; what lies between them is grouped anew. */
export function grouped(pieces: readonly Piece[], before: readonly Group[]): Group[] {
  let from = 0;
  let above = 0;
  for (const group of before) {
    if (!standsAt(from, group, pieces)) break;
    from += group.pieces.length;
    above++;
  }
  let to = pieces.length;
  let below = before.length;
  for (const group of before.slice(above).reverse()) {
    const start = to - group.pieces.length;
    if (start < from || !standsAt(start, group, pieces)) break;
    to = start;
    below--;
  }
  return [...before.slice(0, above), ...newGroups(pieces.slice(from, to)), ...before.slice(below)];
}

const standsAt = (start: number, group: Group, pieces: readonly Piece[]): boolean =>
  group.pieces.every((piece, at) => piece === pieces[start + at]);

/** What grows is cut once it is twice as long, not at each entry more. */
function newGroups(pieces: readonly Piece[]): Group[] {
  const size = pieces.length < 2 * SIZE ? pieces.length : SIZE;
  const groups: Group[] = [];
  for (let start = 0; start < pieces.length; start += size) {
    const own = pieces.slice(start, start + size);
    groups.push({ pieces: own, entries: own.flatMap(({ content }) => content.entries) });
  }
  return groups;
}
