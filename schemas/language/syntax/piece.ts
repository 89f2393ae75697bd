import type { Anchors } from './anchors.ts';
import { AnchorScope, NO_ANCHORS } from './anchors.ts';
import { complaint } from './complaints.ts';
import { compose } from './compose.ts';
import { convertDocument } from './convert.ts';
import { LIMITS } from './limits.ts';
import type { Ground, Problem, SyntaxTree } from './tree.ts';

export interface PieceText {
  text: string;
  ground: Ground;
  /** where the text begins on its ground */
  base?: number;
  /** anchors that stand above it */
  above?: Anchors;
  /** levels of the file that the text lies within */
  level?: number;
}

/** Problems count from where the ground was as they were found. */
export interface PieceTree extends SyntaxTree {
  /** a syntax error lies within */
  broken: boolean;
  /** aliases whose anchor was not found: problems too, unless the anchor may be in what could not be read */
  missing: Problem[];
  anchors: AnchorScope;
}

/** Parses a text that stands by itself. */
export function parsePiece(piece: PieceText): PieceTree {
  const { text, ground, base = 0, above = NO_ANCHORS, level = 0 } = piece;
  const anchors = new AnchorScope(above);
  const start = ground.offset + base;
  const composed = compose(text, level);
  if ('tooDeepAt' in composed) {
    const message = `This is nested more than ${LIMITS.depth} levels deep: make it flatter.`;
    return { ...refused(start + composed.tooDeepAt, message), broken: false, missing: [], anchors };
  }
  const [document, second] = composed.documents;
  if (!document) return { root: null, problems: [], broken: false, missing: [], anchors };
  // those after the first mostly follow from it, and finding the place of each takes a walk over all
  const problems = document.errors.slice(0, 1).map((error) => complaint(error, document, text, start));
  const broken = problems.length > 0;
  const missing: Problem[] = [];
  const root = convertDocument(document, { text, ground, base, anchors, problems, missing });
  if (second?.contents) problems.push(severalDocuments(second.range[0] + start));
  return { root, problems, broken, missing, anchors };
}

/** Nothing of the text is read, for one reason. */
export function refused(at: number, message: string): SyntaxTree {
  return { root: null, problems: [{ kind: 'refused', span: [at, at], message }] };
}

function severalDocuments(at: number): Problem {
  const message = 'A second document begins here: only the first is read. Put everything into one.';
  return { kind: 'documents', span: [at, at + '---'.length], message };
}
