import { LIMITS } from './limits.ts';
import { parsePiece, refused } from './piece.ts';
import { recover } from './recover.ts';
import type { SyntaxTree } from './tree.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** Any text whatever gives a tree, and problems; nothing is thrown. */
export function parseYaml(text: string): SyntaxTree {
  if (text.length > LIMITS.length) {
    return refused(0, `This file is longer than ${LIMITS.length / 1_000_000} million characters: keep data out of it.`);
  }
  const base = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  const body = text.slice(base);
  const whole = parsePiece(body, base, false);
  return whole.broken ? recover(body, base, whole.tree) : whole.tree;
}
