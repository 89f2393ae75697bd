import { byBlock } from '../blocks.ts';
import type { Located } from '../model.ts';
import { remembered } from '../remembered.ts';
import { foldersAbove } from '../values/paths.ts';

/** The paths of a step, expressions filled in as far as possible, each with its place. */
export interface StepPaths {
  name: string;
  reads: Located<string>[];
  writes: Located<string>[];
  /** what two variants of the step would write, or one of them into what the other writes */
  clashes: readonly Clash[];
}

export interface Clash {
  path: Located<string>;
  /** the names of the two; `earlier` writes `at` */
  later: string;
  earlier: string;
  at: string;
}

/** A path that a step reads or writes. */
export interface UsedPath {
  step: string;
  place: Located<string>;
  /** those above it */
  folders: readonly string[];
}

const used = (step: string, places: readonly Located<string>[]): UsedPath[] =>
  places.map((place) => ({ step, place, folders: foldersAbove(place.value) }));

export const readsIn = byBlock((steps: readonly StepPaths[]) => steps.flatMap(({ name, reads }) => used(name, reads)));

const writesIn = byBlock((steps: readonly StepPaths[]) => steps.flatMap(({ name, writes }) => used(name, writes)));

/** Finds who writes a path, or a folder above it, or a file in it, without comparing everything with everything. */
class Writes {
  /** of each path the first */
  readonly first = new Map<string, UsedPath>();
  /** in their order */
  readonly others: UsedPath[] = [];
  /** in which something is written */
  readonly folders = new Set<string>();
  readonly #all: readonly UsedPath[];
  #othersOf: Map<string, UsedPath[]> | undefined;
  #within: Map<string, UsedPath[]> | undefined;

  constructor(all: readonly UsedPath[]) {
    this.#all = all;
    for (const write of all) {
      const { value } = write.place;
      if (this.first.has(value)) this.others.push(write);
      else this.first.set(value, write);
      for (const folder of write.folders) this.folders.add(folder);
    }
  }

  /** A step may read a folder that it writes a file into; only reading its very own out is a circle. */
  writersOf({ step, place, folders }: UsedPath): Iterable<string> {
    const own = this.#of(place.value);
    const around = folders.filter((folder) => this.first.has(folder)).flatMap((folder) => this.#of(folder));
    const inside = this.folders.has(place.value) ? this.#inside(place.value) : [];
    if (around.length === 0 && inside.length === 0) return own.length > 1 ? new Set(own) : own;
    return new Set([...own, ...[...around, ...inside].filter((name) => name !== step)]);
  }

  #of(path: string): string[] {
    const first = this.first.get(path);
    if (!first) return [];
    if (this.others.length === 0) return [first.step];
    this.#othersOf ??= Map.groupBy(this.others, ({ place }) => place.value);
    return [first, ...(this.#othersOf.get(path) ?? [])].map(({ step }) => step);
  }

  #inside(folder: string): string[] {
    this.#within ??= groupedByFolder(this.#all);
    return this.#within.get(folder)?.map(({ step }) => step) ?? [];
  }
}

function groupedByFolder(all: readonly UsedPath[]): Map<string, UsedPath[]> {
  const within = new Map<string, UsedPath[]>();
  for (const write of all) {
    for (const folder of write.folders) {
      const known = within.get(folder);
      if (known) known.push(write);
      else within.set(folder, [write]);
    }
  }
  return within;
}

/** Made once for each state of the paths. */
export const writesOf = remembered((paths: readonly StepPaths[]) => new Writes(writesIn(paths)));
