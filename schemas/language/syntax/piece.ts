import { complaint } from './complaints.ts';
import { compose } from './compose.ts';
import { convertDocument } from './convert.ts';
import { LIMITS } from './limits.ts';
import type { Problem, SyntaxTree } from './tree.ts';

interface Piece {
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
  // those after the first mostly follow from it, and finding the place of each takes a walk over all
  const complaints = document.errors.slice(0, 1).map((error) => complaint(error, document, text, base));
  const { root, problems } = convertDocument(document, base, loose);
  if (second?.contents) problems.push(severalDocuments(second.range[0] + base));
  return { tree: { root, problems: [...complaints, ...problems] }, broken: complaints.length > 0 };
}

/** Nothing of the text is read, for one reason. */
export function refused(at: number, message: string): SyntaxTree {
  return { root: null, problems: [{ kind: 'refused', span: [at, at], message }] };
}

function severalDocuments(at: number): Problem {
  const message = 'A second document begins here: only the first is read. Put everything into one.';
  return { kind: 'documents', span: [at, at + '---'.length], message };
}
