import type { DocumentHighlight, Location } from 'vscode-languageserver';
import { DocumentHighlightKind } from 'vscode-languageserver';
import type { Occurrence } from '../../schemas/language/names/occurrence.ts';
import { isSame } from '../../schemas/language/names/rename.ts';
import type { Position } from '../../schemas/language/positions.ts';
import type { Analysis } from '../documents/analysis.ts';
import { nameAt } from '../documents/names.ts';

/** Where the name at the cursor is defined; at a definition, that itself. */
export function definition(analysis: Analysis, position: Position): Location[] {
  const target = nameAt(analysis, position);
  return target ? placesOf(analysis, target, ({ role }) => role === 'definition') : [];
}

export function references(analysis: Analysis, position: Position, withDefinition: boolean): Location[] {
  const target = nameAt(analysis, position);
  return target ? placesOf(analysis, target, ({ role }) => withDefinition || role === 'reference') : [];
}

export function highlights(analysis: Analysis, position: Position): DocumentHighlight[] {
  const target = nameAt(analysis, position);
  if (!target) return [];
  return same(analysis, target).map(({ span, role }) => ({
    range: analysis.document.lines.range(span),
    kind: role === 'definition' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}

const same = (analysis: Analysis, target: Occurrence) => analysis.names.filter((other) => isSame(other, target));

function placesOf(analysis: Analysis, target: Occurrence, wanted: (place: Occurrence) => boolean): Location[] {
  const { uri, document } = analysis;
  return same(analysis, target)
    .filter(wanted)
    .map(({ span }) => ({ uri, range: document.lines.range(span) }));
}
