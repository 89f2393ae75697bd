import type { TextChange } from '../text-change.ts';
import type { Anchors } from './anchors.ts';
import { joined } from './join.ts';
import { LIMITS } from './limits.ts';
import { parsePiece, refused } from './piece.ts';
import type { Piece } from './piece-content.ts';
import { isGood, readPiece } from './piece-content.ts';
import { Pool } from './pool.ts';
import { recover } from './recover.ts';
import type { Pieces, Slot } from './recut.ts';
import { cutText, Former } from './recut.ts';
import type { SyntaxTree, TreeNode } from './tree.ts';
import { newGround } from './tree.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** A text as read, and what the next version of it can be read from. */
export interface Reading {
  tree: SyntaxTree;
  /** null where the text could only be read as a whole */
  pieces: Pieces | null;
}

/**
 * Any text whatever gives a tree, and problems; nothing is thrown. From the version before it takes over what the change
 * leaves as it is. The tree of the version before goes along with it and must not be used any more, unless `standAgain`
 * brings it back.
 */
export function readYaml(text: string, before?: Reading | null, change?: TextChange | null): Reading {
  if (text.length > LIMITS.length) {
    const message = `This file is longer than ${LIMITS.length / 1_000_000} million characters: keep data out of it.`;
    return { tree: refused(0, message), pieces: null };
  }
  const base = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  const former = before?.pieces && change ? new Former(before.pieces, change) : null;
  const slots = cutText(text, base, former);
  const pieces = slots && readAll(text, slots, former);
  return pieces ? { tree: joined(pieces), pieces } : { tree: readWhole(text, base), pieces: null };
}

/** Lets the tree of this version stand where it stood, after another was read from it. */
export function standAgain({ pieces }: Reading): void {
  if (pieces) stand(pieces);
}

function stand({ pieces, starts }: Pieces): void {
  pieces.forEach(({ ground }, at) => {
    ground.offset = starts[at] ?? 0;
  });
}

/** Null where only the whole can tell: something is nested too deep, or stands for too much. */
function readAll(text: string, slots: readonly Slot[], former: Former | null): Pieces | null {
  const anchors = new Map<string, TreeNode>();
  const pool = new Pool(former);
  const pieces: Piece[] = [];
  let aliasNodes = 0;
  let role: Piece['role'] | undefined;
  for (const [at, slot] of slots.entries()) {
    const first = role === 'above' || role === 'header';
    role = slot.role;
    const { known } = slot;
    const end = slots[at + 1]?.start ?? text.length;
    const piece =
      known && isGood(known, first, anchors)
        ? known
        : readSlot(slot, first, text.slice(slot.start, end), pool, anchors);
    aliasNodes += piece?.content.aliasNodes ?? 0;
    if (!piece || aliasNodes > LIMITS.aliasNodes) return null;
    addAnchors(piece, anchors);
    pieces.push(piece);
  }
  const read = { text, pieces, starts: slots.map(({ start }) => start) };
  stand(read);
  return read;
}

function readSlot(slot: Slot, first: boolean, text: string, pool: Pool, anchors: Anchors): Piece | null {
  const found = slot.known ? undefined : pool.take(slot.role, slot.indent, text);
  return found && isGood(found, first, anchors) ? found : readPiece(text, slot, first, anchors);
}

/** Of thousands of pieces only a few have any. */
function addAnchors({ content: { defined, spoilt } }: Piece, anchors: Map<string, TreeNode>): void {
  if (defined.size > 0) for (const [name, node] of defined) anchors.set(name, node);
  if (spoilt.length > 0) for (const name of spoilt) anchors.delete(name);
}

/** In one piece; if it is broken, entry by entry. */
function readWhole(text: string, base: number): SyntaxTree {
  const part = { text: text.slice(base), ground: newGround(base), base: 0 };
  const { root, problems, missing, broken } = parsePiece(part);
  return broken ? recover(part, { root, problems }) : { root, problems: [...problems, ...missing] };
}
