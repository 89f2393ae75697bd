import { blocksOf, listOf } from './blocks.ts';
import { isBuiltInStep, pathKeysOf } from './grammar/built-in-steps.ts';
import type { JsonObject } from './json.ts';
import type {
  DriftTest,
  EndpointModel,
  Located,
  MatrixModel,
  MonitorModel,
  NamedModel,
  ParamsModel,
  PipelineModel,
  StepModel,
} from './model.ts';
import { MONITOR_DEFAULTS } from './model.ts';
import type { LineIndex, Position, Range } from './positions.ts';
import { comparePositions } from './positions.ts';
import { readTriggers } from './read-triggers.ts';
import { remembered } from './remembered.ts';
import { firstOfEach, toJson, toJsonObject } from './syntax/to-json.ts';
import type { Entry, TreeNode } from './syntax/tree.ts';
import { findEntry } from './syntax/tree.ts';
import { parseDuration } from './values/duration.ts';

/** Reads what is there and passes over what does not fit; the rules say what is wrong with it. */
export function readModel(root: TreeNode | null, lines: LineIndex): PipelineModel {
  const section = <T>(key: string, read: (entry: Entry, named: NamedModel) => T): T[] =>
    entriesOf(findEntry(root, key)?.value).map((entry) => read(entry, readNamed(entry, lines)));
  const readSources = (name: string, key: string) =>
    section(name, ({ value, damaged }) => (damaged ? [] : locatedList(findEntry(value, key)?.value, lines))).flat();
  const version = scalarOf(findEntry(root, 'version')?.value);
  return {
    version: typeof version === 'number' ? version : null,
    name: textOf(findEntry(root, 'name')?.value),
    includes: locatedList(findEntry(root, 'include')?.value, lines),
    params: readParams(findEntry(root, 'params')?.value, lines),
    env: readEnv(findEntry(root, 'env')?.value),
    sources: [...readSources('datasets', 'path'), ...readSources('features', 'sql')],
    steps: listOf(blocksOf(entriesOf(findEntry(root, 'steps')?.value)).map((block) => stepsOf(block, lines))),
    models: section('models', (_, named) => named),
    endpoints: section('endpoints', (entry, named) => readEndpoint(entry, named, lines)),
    monitors: section('monitors', (entry, named) => readMonitor(entry, named, lines)),
    datasets: section('datasets', ({ value }, named) => ({
      ...named,
      paths: locatedList(findEntry(value, 'path')?.value, lines),
    })),
    triggers: readTriggers(findEntry(root, 'on')?.value, lines),
    sweeps: section('sweeps', ({ value }, named) => ({ ...named, written: readObject(value) })),
  };
}

function readNamed(entry: Entry, lines: LineIndex): NamedModel {
  return {
    name: entry.key,
    nameRange: lines.range(entry.keySpan),
    range: lines.range(entry.span),
    damaged: entry.damaged,
  };
}

const stepsRead = new WeakMap<readonly Entry[], { at: Position; steps: readonly StepModel[] }>();

/** A block that stays on its lines is read once. */
function stepsOf(block: readonly Entry[], lines: LineIndex): readonly StepModel[] {
  const at = lines.position(block[0]?.keySpan[0] ?? 0);
  const known = stepsRead.get(block);
  if (known && comparePositions(known.at, at) === 0) return known.steps;
  const steps = block.map((entry) => stepOf(entry, lines));
  // what comes from elsewhere has lines of its own
  if (!block.some(({ inherited, ground }) => inherited || ground.linked)) stepsRead.set(block, { at, steps });
  return steps;
}

const steps = new WeakMap<Entry, { at: Position; step: StepModel }>();

/** A step that stays on its lines is read once. */
function stepOf(entry: Entry, lines: LineIndex): StepModel {
  const at = lines.position(entry.keySpan[0]);
  const known = steps.get(entry);
  if (known && comparePositions(known.at, at) === 0 && !entry.ground.linked) return known.step;
  const step = readStep(entry, readNamed(entry, lines), lines);
  steps.set(entry, { at, step });
  return step;
}

function readStep(entry: Entry, named: NamedModel, lines: LineIndex): StepModel {
  const at = (key: string) => findEntry(entry.value, key)?.value;
  const uses = located(at('uses'), lines);
  const run = located(at('run'), lines);
  const settings = at('with');
  return {
    ...named,
    kind: uses ? 'uses' : run ? 'run' : null,
    uses,
    run,
    with: readObject(settings),
    pathRanges: uses ? pathRangesOf(uses.value, settings, lines) : {},
    deps: locatedList(at('deps'), lines),
    outs: locatedList(at('outs'), lines),
    needs: locatedList(at('needs'), lines),
    params: locatedList(at('params'), lines),
    env: readEnv(at('env')),
    metrics: locatedList(at('metrics'), lines),
    plots: locatedList(at('plots'), lines),
    condition: conditionOf(at('if')),
    matrix: matrixOf(findEntry(entry.value, 'matrix'), lines),
    best: located(at('best'), lines),
    running: runningOf(entry),
    folds: foldsOf(at('folds'), lines),
  };
}

/** A step that always runs has none. */
function conditionOf(node: TreeNode | undefined): string | null {
  const value = scalarOf(node);
  return typeof value === 'string' ? value : value === false ? 'false' : null;
}

function matrixOf(entry: Entry | undefined, lines: LineIndex): MatrixModel | null {
  const whole = textOf(entry?.value);
  if (!entry || (entry.value.kind !== 'map' && whole === null)) return null;
  const entries = entriesOf(entry.value).map(({ key, value }) => [key, toJson(value)] as const);
  return { range: lines.range(entry.keySpan), entries: whole ?? entries };
}

const RUNNING = ['retry', 'timeout', 'resources', 'executor'];

function runningOf({ value }: Entry): JsonObject {
  const said = entriesOf(value).filter(({ key }) => RUNNING.includes(key));
  return firstOfEach(said.map((entry) => [entry.key, toJson(entry.value)] as const));
}

function foldsOf(node: TreeNode | undefined, lines: LineIndex): StepModel['folds'] {
  if (node?.kind !== 'map') return null;
  return { settings: readObject(node), data: located(findEntry(node, 'data')?.value, lines) };
}

function readEndpoint(entry: Entry, named: NamedModel, lines: LineIndex): EndpointModel {
  return { ...named, model: located(findEntry(entry.value, 'model')?.value, lines) };
}

const DRIFT_TESTS: readonly DriftTest[] = ['auto', 'ks', 'chi_square', 'psi'];

function readMonitor(entry: Entry, named: NamedModel, lines: LineIndex): MonitorModel {
  const at = (key: string) => findEntry(entry.value, key)?.value;
  const drift = findEntry(entry.value, 'drift');
  const threshold = findEntry(drift?.value, 'threshold');
  const last = scalarOf(findEntry(at('window'), 'last')?.value);
  const test = DRIFT_TESTS.find((known) => known === scalarOf(findEntry(drift?.value, 'test')?.value));
  const limit = scalarOf(threshold?.value);
  const columns = locatedList(findEntry(drift?.value, 'columns')?.value, lines);
  return {
    ...named,
    endpoint: located(at('endpoint'), lines),
    window: { last: typeof last === 'number' ? last : MONITOR_DEFAULTS.last },
    everyMs: parseDuration(textOf(at('every')) ?? '') ?? MONITOR_DEFAULTS.everyMs,
    drift: {
      test: test ?? MONITOR_DEFAULTS.test,
      threshold: typeof limit === 'number' ? limit : MONITOR_DEFAULTS.threshold,
      columns: columns.length > 0 ? columns.map((column) => column.value) : null,
    },
    thresholdRange: lines.range(threshold?.value.span ?? drift?.keySpan ?? entry.keySpan),
  };
}

function readParams(node: TreeNode | undefined, lines: LineIndex): ParamsModel {
  return { values: node ? paramsOf(node) : {}, files: locatedList(node, lines) };
}

/** The same as long as nothing in them changes. */
const paramsOf = remembered((node: TreeNode): JsonObject => readObject(node));

function readEnv(node: TreeNode | undefined): Record<string, string> {
  const scalars = entriesOf(node).flatMap(({ key, value }) =>
    value.kind === 'scalar' && value.value !== null
      ? [[key, typeof value.value === 'string' ? value.value : value.text] as const]
      : [],
  );
  return firstOfEach(scalars);
}

const entriesOf = (node: TreeNode | undefined): Entry[] => (node?.kind === 'map' ? node.entries : []);
const readObject = (node: TreeNode | undefined): JsonObject => (node?.kind === 'map' ? toJsonObject(node) : {});
const scalarOf = (node: TreeNode | undefined) => (node?.kind === 'scalar' ? node.value : null);

function textOf(node: TreeNode | undefined): string | null {
  const value = scalarOf(node);
  return typeof value === 'string' ? value : null;
}

function pathRangesOf(uses: string, settings: TreeNode | undefined, lines: LineIndex): Record<string, Range> {
  const keys = isBuiltInStep(uses) ? pathKeysOf(uses) : null;
  const paths = entriesOf(settings).filter(({ key }) => keys?.in.includes(key) || keys?.out.includes(key));
  return firstOfEach(paths.map(({ key, value }) => [key, lines.range(value.span)] as const));
}

function located(node: TreeNode | undefined, lines: LineIndex): Located<string> | null {
  const value = textOf(node);
  return node && value !== null ? { value, range: lines.range(node.span) } : null;
}

/** One text, or a list of them. */
function locatedList(node: TreeNode | undefined, lines: LineIndex): Located<string>[] {
  // most keys are not there
  if (!node) return [];
  const items = node.kind === 'list' ? node.items : [node];
  return items.flatMap((item) => located(item, lines) ?? []);
}
