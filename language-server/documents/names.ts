import { occurrencesIn } from '../../schemas/language/names/find.ts';
import type { Occurrence } from '../../schemas/language/names/occurrence.ts';
import type { Position } from '../../schemas/language/positions.ts';
import type { Analysis } from './analysis.ts';

const known = new WeakMap<Analysis, Occurrence[]>();

/** Found when first asked for, once for each version of a file. */
export function namesIn(analysis: Analysis): Occurrence[] {
  const found = known.get(analysis) ?? occurrencesIn(analysis);
  known.set(analysis, found);
  return found;
}

/** The name at a place; a cursor at its end is still at it. */
export function nameAt(analysis: Analysis, position: Position): Occurrence | undefined {
  const offset = analysis.document.lines.offset(position);
  return namesIn(analysis).find(({ span: [start, end] }) => start <= offset && offset <= end);
}
