import type { Occurrence } from '../../schemas/language/names/occurrence.ts';
import type { Position } from '../../schemas/language/positions.ts';
import type { Analysis } from './analysis.ts';
import { touches } from './spans.ts';

/** The name at a place; a cursor at its end is still at it. */
export function nameAt({ names, document }: Analysis, position: Position): Occurrence | undefined {
  const offset = document.lines.offset(position);
  return names.find(({ span }) => touches(span, offset));
}
