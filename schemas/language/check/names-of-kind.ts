import type { NameKind, Occurrence } from '../names/occurrence.ts';
import { remembered } from '../remembered.ts';

const NONE: readonly Occurrence[] = [];

/** The names of a kind at all their places, found in one walk for all who ask. */
export const namesOfKind = ({ names }: { names: readonly Occurrence[] }, kind: NameKind): readonly Occurrence[] =>
  byKind(names).get(kind) ?? NONE;

const byKind = remembered((names: readonly Occurrence[]) => Map.groupBy(names, (name) => name.kind));
