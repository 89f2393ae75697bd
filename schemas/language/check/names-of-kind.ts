import { blocksOf, byBlock, listOf } from '../blocks.ts';
import type { NameKind, Occurrence } from '../names/occurrence.ts';
import { remembered } from '../remembered.ts';

type Names = readonly Occurrence[];

const NONE: Names = [];

/** The names of a kind at all their places, found in one walk for all who ask. */
export const namesOfKind = ({ names }: { names: Names }, kind: NameKind): Names => {
  const known = listsOf(names);
  const list = known.get(kind) ?? listOf(blocksOf(names).map((block) => byKind(block).get(kind) ?? NONE));
  known.set(kind, list);
  return list;
};

export const definitionsAmong = byBlock((names: Names) => names.filter(({ role }) => role === 'definition'));

export const referencesAmong = byBlock((names: Names) => names.filter(({ role }) => role === 'reference'));

const listsOf = remembered((_: Names) => new Map<NameKind, Names>());

const byKind = remembered((names: Names) => Map.groupBy(names, (name) => name.kind));
