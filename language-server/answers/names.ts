import { definition, highlights, references } from '../features/navigation.ts';
import { rename, renameRange } from '../features/rename.ts';
import type { Navigable } from '../projects/sources.ts';
import type { Answers } from './answers.ts';

/** Where the names of a file lead. */
export function aboutNames(
  file: Navigable,
): Pick<Answers, 'definition' | 'references' | 'highlights' | 'renameRange' | 'rename'> {
  return {
    definition: (at) => definition(file, at),
    references: (at, withDefinition) => references(file, at, withDefinition),
    highlights: (at) => highlights(file, at),
    renameRange: (at) => renameRange(file, at),
    rename: (at, name) => rename(file, at, name),
  };
}
