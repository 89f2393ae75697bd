import { hasExpression } from '../expressions/template.ts';
import type { Located } from '../model.ts';
import { writesOf } from '../plan/written-paths.ts';
import { onceForAll, soundPathsOf } from './whole.ts';

export interface Writer {
  step: string;
  place: Located<string>;
}

/** Who writes what in a project. */
export interface Writers {
  /** of each path the first */
  first: ReadonlyMap<string, Writer>;
  again: readonly (Writer & { earlier: Writer })[];
  /** the folders in which something is written */
  folders: ReadonlySet<string>;
}

export const writersOf = onceForAll((whole): Writers => {
  const { first, folders, others } = writesOf(soundPathsOf(whole));
  const again = others.flatMap(({ step, place }) => {
    const earlier = first.get(place.value);
    return earlier && earlier.step !== step && !hasExpression(place.value) ? [{ step, place, earlier }] : [];
  });
  return { first, again, folders };
});
