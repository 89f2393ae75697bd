import { byBlock } from '../blocks.ts';
import type { RelatedPlace } from '../diagnostic.ts';
import type { JsonObject } from '../json.ts';
import type { PipelineModel, StepModel } from '../model.ts';
import type { NameKind } from '../names/occurrence.ts';
import type { Edge } from '../plan/graph.ts';
import type { StepPaths } from '../plan/written-paths.ts';
import type { Range } from '../positions.ts';
import { remembered } from '../remembered.ts';
import { definitionsAmong, namesOfKind } from './names-of-kind.ts';
import type { RegistryFacts } from './registry.ts';
import type { FileView } from './view.ts';

/** What there is besides the files of the project, as far as it is known. */
export interface Facts {
  /** what the file system has */
  stateOf(path: string): 'there' | 'missing' | 'unknown';
  /** null while nobody knows what the registry holds */
  registry?(): RegistryFacts | null;
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
  facts: Facts;
}

/** Nobody has looked: nothing is said about what may be missing. */
export const NO_FACTS: Facts = { stateOf: () => 'unknown' };

/** A file of which no others are known is all there is. */
export const wholeOf = (view: FileView): Whole => view.whole ?? alone(view);

const alone = remembered((view: FileView): Whole => {
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
});

/** Also where `include` is misspelt, or what it holds could not be read. */
function namesParts({ root, misspelt }: FileView): boolean {
  if (root?.kind !== 'map') return false;
  return root.entries.some(({ key }) => key === 'include') || (misspelt.get(root)?.has('include') ?? false);
}

/** What is the same for every file of a project is made once for all of them. */
export function onceForAll<Value>(make: (whole: Whole) => Value): (of: FileView | Whole) => Value {
  const made = new WeakMap<Whole['files'], Value>();
  return (of) => {
    const whole = 'files' in of ? of : wholeOf(of);
    const known = made.get(whole.files);
    if (known !== undefined) return known;
    const value = make(whole);
    made.set(whole.files, value);
    return value;
  };
}

/** The names of a kind that the project defines. */
export function definedNames(view: FileView, kind: NameKind): ReadonlySet<string> {
  const { files, model } = wholeOf(view);
  const known = namesDefined(view);
  const names =
    known.get(kind) ??
    new Set(isOfModel(kind) ? namesIn(model, kind) : files.flatMap((file) => definitionsIn(file.view, kind)));
  known.set(kind, names);
  return names;
}

const SECTIONS = {
  step: 'steps',
  model: 'models',
  endpoint: 'endpoints',
  monitor: 'monitors',
  dataset: 'datasets',
} as const;

const isOfModel = (kind: NameKind): kind is keyof typeof SECTIONS => Object.hasOwn(SECTIONS, kind);

/** Also those that come by a merge key or are written with escapes, which have no place to be renamed at. */
const namesIn = (model: PipelineModel, kind: keyof typeof SECTIONS): string[] =>
  model[SECTIONS[kind]].map(({ name }) => name);

const namesDefined = onceForAll(() => new Map<NameKind, ReadonlySet<string>>());

const definitionsIn = (view: FileView, kind: NameKind): string[] =>
  definitionsAmong(namesOfKind(view, kind)).map(({ name }) => name);

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

const damagedIn = byBlock((steps: readonly StepModel[]) => steps.flatMap(({ name, damaged }) => (damaged ? name : [])));

/** Paths of the steps that could be read: of a damaged one they are a guess. */
export const soundPathsOf = onceForAll(({ paths, model }: Whole): readonly StepPaths[] => {
  const damaged = new Set(damagedIn(model.steps));
  return damaged.size > 0 ? paths.filter(({ name }) => !damaged.has(name)) : paths;
});
