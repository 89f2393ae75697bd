import { blocksOf, listOf } from '../blocks.ts';
import type { Answer, Lookup } from '../expressions/evaluate.ts';
import type { ReferencePath } from '../expressions/references.ts';
import { fillAsFarAsKnown } from '../expressions/template.ts';
import { toText } from '../expressions/values.ts';
import { isBuiltInStep, pathKeysOf } from '../grammar/built-in-steps.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Located, PipelineModel, StepModel } from '../model.ts';
import { notebookIn } from '../values/notebook.ts';
import { normalPath } from '../values/paths.ts';
import { clashesOf } from './clashes.ts';
import type { Edge } from './graph.ts';
import { edgesOf } from './graph.ts';
import { Scope } from './scope.ts';
import type { Variant } from './variants.ts';
import { combinationsOf, variantsOf } from './variants.ts';
import type { StepPaths } from './written-paths.ts';

/** What the rules about order need: paths and edges, with places. */
export function graphOf(model: PipelineModel): { paths: StepPaths[]; edges: Edge[] } {
  const scope = new Scope(model, {});
  const { values } = model.params;
  const paths = listOf(blocksOf(model.steps).map((block) => pathsIn(block, scope, values)));
  return { paths, edges: edgesOf(model, paths) };
}

const pathsKnown = new WeakMap<readonly StepModel[], { params: JsonObject; paths: readonly StepPaths[] }>();

/** As long as the params stay, so do those of a block that refers to nothing else. */
function pathsIn(block: readonly StepModel[], scope: Scope, params: JsonObject): readonly StepPaths[] {
  const known = pathsKnown.get(block);
  if (known?.params === params) return known.paths;
  const all = block.map((step) => knownPaths(step, scope, params));
  const paths = all.map((one) => one.paths);
  if (all.every((one) => one.params === params)) pathsKnown.set(block, { params, paths });
  return paths;
}

/** The paths of a step, and the names that were looked up for them. */
interface KnownPaths {
  paths: StepPaths;
  asked: readonly Asked[];
  /** which say all that was asked for; null where something else does */
  params: JsonObject | null;
}

/** A name, and the variant in which it was asked for: a variable may be made of values of the matrix. */
interface Asked {
  variant: Variant | null;
  path: ReferencePath;
  answer: Answer;
}

const filledPaths = new WeakMap<StepModel, KnownPaths>();

/** As long as all that they refer to stays, so do they. */
function knownPaths(step: StepModel, scope: Scope, params: JsonObject): KnownPaths {
  const known = filledPaths.get(step);
  if (known?.params === params) return known;
  if (known?.asked.every(({ variant, path, answer }) => isSame(scope.of(step, variant)(path), answer))) {
    if (known.params) known.params = params;
    return known;
  }
  const asked: Asked[] = [];
  const paths = pathsOfAll(step, scope, asked) ?? pathsWithin(step, notingLookup(step, null, scope, asked));
  const isOfParams = asked.every(({ path: [context] }) => context === 'params');
  const made = { paths, asked, params: isOfParams ? params : null };
  filledPaths.set(step, made);
  return made;
}

/** Of all variants, with what two of them would write; null where there are none, or nobody knows which. */
function pathsOfAll(step: StepModel, scope: Scope, asked: Asked[]): StepPaths | null {
  const { matrix, name } = step;
  const found = matrix && combinationsOf(matrix, notingLookup(step, null, scope, asked));
  if (!found || 'problem' in found) return null;
  const all = variantsOf(found.value as JsonObject[], name).map((variant) => ({
    ...pathsWithin(step, notingLookup(step, variant, scope, asked)),
    name: variant.name,
  }));
  return {
    name,
    reads: unique(all.flatMap(({ reads }) => reads)),
    writes: unique(all.flatMap(({ writes }) => writes)),
    clashes: clashesOf(all),
  };
}

/** What follows from the variant alone is not noted. */
function notingLookup(step: StepModel, variant: Variant | null, scope: Scope, asked: Asked[]): Lookup {
  const lookup = scope.of(step, variant);
  return (path) => {
    const answer = lookup(path);
    if (path[0] !== 'matrix' || !variant) asked.push({ variant, path, answer });
    return answer;
  };
}

function pathsWithin(step: StepModel, lookup: Lookup): StepPaths {
  const filling = (raw: JsonValue) => fillAsFarAsKnown(raw, lookup);
  // of the settings only those that are paths are filled in
  return pathsOf(step, (key) => filling(step.with[key] ?? null), filling);
}

/** Lists and maps are never the same: it is enough that a plain value is. */
function isSame(one: Answer, other: Answer): boolean {
  if ('problem' in one) return 'problem' in other && one.problem === other.problem;
  return 'value' in other && Object.is(one.value, other.value);
}

const NO_CLASHES: StepPaths['clashes'] = [];

/** What a setting of the step comes to. */
type SettingOf = (key: string) => JsonValue | undefined;

/** `filling`: what a text in the file stands for. */
export function pathsOf(step: StepModel, settingOf: SettingOf, filling: (raw: string) => JsonValue): StepPaths {
  // an expression may come to a list: `deps: ${{ params.files }}`
  const paths = ({ value, range }: Located<string>) =>
    [filling(value)].flat().map((one) => ({ value: normalPath(toText(one)), range }));
  const notebook = notebookOf(step, filling);
  const outs = step.metrics.length + step.plots.length > 0 ? [...step.outs, ...step.metrics, ...step.plots] : step.outs;
  return {
    name: step.name,
    reads: unique([
      ...step.deps.flatMap(paths),
      ...(step.folds?.data ? paths(step.folds.data) : []),
      ...pathSettings(step, settingOf, 'in'),
      ...notebook.reads,
    ]),
    writes: unique([...outs.flatMap(paths), ...pathSettings(step, settingOf, 'out'), ...notebook.writes]),
    clashes: NO_CLASHES,
  };
}

const NO_NOTEBOOK = { reads: [], writes: [] };

/** A notebook is read by the step that runs it, and written where it says. */
function notebookOf({ run }: StepModel, filling: (raw: string) => JsonValue) {
  const command = run && notebookIn(run.value) && notebookIn(toText(filling(run.value)));
  if (!command) return NO_NOTEBOOK;
  const at = (value: string): Located<string> => ({ value, range: run.range });
  return { reads: [at(command.path)], writes: command.output === null ? [] : [at(command.output)] };
}

/** The settings of a built-in step that are paths, one or a list, in the direction asked for. */
function pathSettings(step: StepModel, settingOf: SettingOf, direction: 'in' | 'out'): Located<string>[] {
  if (!step.uses || !isBuiltInStep(step.uses.value)) return [];
  return pathKeysOf(step.uses.value)[direction].flatMap((key) => {
    const value = settingOf(key);
    const range = step.pathRanges[key] ?? step.nameRange;
    const texts = (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
    return texts.filter((item) => item !== '').map((item) => ({ value: normalPath(item), range }));
  });
}

/** In the order in which they stand. */
function unique(places: Located<string>[]): Located<string>[] {
  if (places.length < 2) return places;
  const seen = new Set<string>();
  return places.filter(({ value }) => !seen.has(value) && seen.add(value));
}
