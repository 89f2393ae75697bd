import type { RelatedPlace } from '../diagnostic.ts';
import type { Edge, StepPaths } from '../graph.ts';
import type { JsonObject } from '../json.ts';
import type { Located, PipelineModel } from '../model.ts';
import type { NameKind } from '../names/occurrence.ts';
import type { Range } from '../positions.ts';
import type { FileView } from './view.ts';

/** What the file system has, as far as it is known. */
export interface FileFacts {
  stateOf(path: string): 'there' | 'missing' | 'unknown';
}

/** An `include` or a params file that leads nowhere good, at the place that names it. */
export interface WrongInput {
  at: Range;
  message: string;
  kind: 'unusable' | 'circle';
  related?: RelatedPlace[];
}

/** All files of a project together, seen from one of them. Rules that look beyond their file read this. */
export interface Whole {
  /** of the file that is looked at, from the project's folder */
  path: string;
  files: readonly { path: string; view: FileView }[];
  /** no file is missing, unreadable or not yet read */
  complete: boolean;
  model: PipelineModel;
  /** those of params files too; null where not all are known */
  params: JsonObject | null;
  paths: readonly StepPaths[];
  edges: readonly Edge[];
  /** in which file each step stands */
  fileOf: ReadonlyMap<string, string>;
  /** of the file that is looked at */
  wrongInputs: readonly WrongInput[];
  facts: FileFacts;
}

/** Nobody has looked: nothing is said about files that may be missing. */
export const NO_FACTS: FileFacts = { stateOf: () => 'unknown' };

/** A file of which no others are known is all there is. */
export function wholeOf(view: FileView): Whole {
  if (view.whole) return view.whole;
  const { role, model, paths, edges } = view;
  return {
    path: '',
    files: [{ path: '', view }],
    complete: role === 'main' && !namesParts(view),
    model,
    params: model.params.files.length > 0 ? null : model.params.values,
    paths,
    edges,
    fileOf: new Map(),
    wrongInputs: [],
    facts: NO_FACTS,
  };
}

/** Also where `include` is misspelt, or what it holds could not be read. */
function namesParts({ root, misspelt }: FileView): boolean {
  if (root?.kind !== 'map') return false;
  return root.entries.some(({ key }) => key === 'include') || (misspelt.get(root)?.has('include') ?? false);
}

/** What is the same for every file of a project is made once for all of them. */
export function onceForAll<Value>(make: (whole: Whole) => Value): (view: FileView) => Value {
  const made = new WeakMap<Whole['files'], Value>();
  return (view) => {
    const whole = wholeOf(view);
    const known = made.get(whole.files);
    if (known !== undefined) return known;
    const value = make(whole);
    made.set(whole.files, value);
    return value;
  };
}

/** The names that the project defines, by their kind. */
export const definedNames = onceForAll(({ files }) => {
  const defined = new Map<NameKind, Set<string>>();
  for (const { view } of files) {
    for (const { kind, name, role } of view.names) {
      if (role !== 'definition') continue;
      const names = defined.get(kind) ?? new Set<string>();
      defined.set(kind, names.add(name));
    }
  }
  return defined;
});

/** Whether what is told of a step belongs into the file that is looked at. */
export function isHere(view: FileView, step: string): boolean {
  const { fileOf, path } = wholeOf(view);
  return (fileOf.get(step) ?? path) === path;
}

/** A place of a step, which may stand in another file. */
export function placeOfStep(view: FileView, step: string, range: Range, message: string): RelatedPlace {
  const { fileOf, path } = wholeOf(view);
  const file = fileOf.get(step) ?? path;
  return file === path ? { range, message } : { path: file, range, message };
}

/** Paths of the steps that could be read: of a damaged one they are a guess. */
export function soundPathsIn({ paths, model }: Whole): StepPaths[] {
  const damaged = new Set(model.steps.filter((step) => step.damaged).map((step) => step.name));
  return paths.filter(({ name }) => !damaged.has(name));
}

export const soundPathsOf = onceForAll(soundPathsIn);

/** Who writes what, the first of each. */
export interface Writer {
  step: string;
  place: Located<string>;
}
