import { hasExpression } from '../expressions/template.ts';
import type { Located } from '../model.ts';
import { foldersAbove } from '../values/paths.ts';
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
  const first = new Map<string, Writer>();
  const again: (Writer & { earlier: Writer })[] = [];
  const folders = new Set<string>();
  for (const { name: step, writes } of soundPathsOf(whole)) {
    for (const place of writes) {
      const earlier = first.get(place.value);
      if (!earlier) first.set(place.value, { step, place });
      else if (earlier.step !== step && !hasExpression(place.value)) again.push({ step, place, earlier });
      for (const folder of foldersAbove(place.value)) folders.add(folder);
    }
  }
  return { first, again, folders };
});
