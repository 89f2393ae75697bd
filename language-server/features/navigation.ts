import type { DocumentHighlight, Location } from 'vscode-languageserver';
import { DocumentHighlightKind } from 'vscode-languageserver';
import type { Occurrence } from '../../schemas/language/names/occurrence.ts';
import { isSame } from '../../schemas/language/names/rename.ts';
import type { Position } from '../../schemas/language/positions.ts';
import type { Navigable } from '../projects/sources.ts';
import { nameAt, sourcesOf } from '../projects/sources.ts';

/** Where the name at the cursor is defined; at a definition, that itself. */
export function definition(file: Navigable, position: Position): Location[] {
  const target = nameAt(file, position);
  return target ? placesOf(file, target, ({ role }) => role === 'definition') : [];
}

export function references(file: Navigable, position: Position, withDefinition: boolean): Location[] {
  const target = nameAt(file, position);
  return target ? placesOf(file, target, ({ role }) => withDefinition || role === 'reference') : [];
}

export function highlights(file: Navigable, position: Position): DocumentHighlight[] {
  const target = nameAt(file, position);
  if (!target) return [];
  return file.names
    .filter((other) => isSame(other, target))
    .map(({ span, role }) => ({
      range: file.document.lines.range(span),
      kind: role === 'definition' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
}

function placesOf(file: Navigable, target: Occurrence, wanted: (place: Occurrence) => boolean): Location[] {
  return sourcesOf(file).flatMap(({ uri, names, document }) =>
    names
      .filter((other) => isSame(other, target) && wanted(other))
      .map(({ span }) => ({ uri, range: document.lines.range(span) })),
  );
}
