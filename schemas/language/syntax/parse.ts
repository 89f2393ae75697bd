import { complaint } from './complaints.ts';
import { compose } from './compose.ts';
import { convertDocument } from './convert.ts';
import { LIMITS } from './limits.ts';
import { recover } from './recover.ts';
import type { Problem, SyntaxTree } from './tree.ts';

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

export interface Piece {
  tree: SyntaxTree;
  /** a syntax error lies within */
  broken: boolean;
}

/** Parses a text that begins at `base` in the file. */
export function parsePiece(text: string, base: number, loose: boolean): Piece {
  const composed = compose(text);
  if ('tooDeepAt' in composed) {
    const message = `This is nested more than ${LIMITS.depth} levels deep: make it flatter.`;
    return { tree: refused(base + composed.tooDeepAt, message), broken: false };
  }
  const [document, second] = composed.documents;
  if (!document) return { tree: { root: null, problems: [] }, broken: false };
  const complaints = document.errors.map((error) => complaint(error, document, text, base));
  const { root, problems } = convertDocument(document, base, loose);
  if (second?.contents) problems.push(severalDocuments(second.range[0] + base));
  return { tree: { root, problems: [...complaints, ...problems] }, broken: complaints.length > 0 };
}

function refused(at: number, message: string): SyntaxTree {
  return { root: null, problems: [{ kind: 'refused', span: [at, at], message }] };
}

function severalDocuments(at: number): Problem {
  const message = 'A second document begins here: only the first is read. Put everything into one.';
  return { kind: 'documents', span: [at, at + '---'.length], message };
}
