import { byBlock } from '../blocks.ts';
import type { ExpressionNode } from '../expressions/ast.ts';
import { referencesOf } from '../expressions/references.ts';
import { hasExpression, parseCondition, parseTemplate, textsOf } from '../expressions/template.ts';
import type { JsonValue } from '../json.ts';
import type { PipelineModel, StepModel } from '../model.ts';
import type { Range } from '../positions.ts';
import { remembered } from '../remembered.ts';
import type { StepPaths, UsedPath } from './written-paths.ts';
import { readsIn, writesOf } from './written-paths.ts';

/** One step waits for another, and the place in the file that says so. */
export interface Edge {
  from: string;
  to: string;
  range: Range;
  /** after "train": "needs split" */
  because: string;
  /** that one reads and the other writes; null where the step is named */
  path: string | null;
}

export function edgesOf(model: PipelineModel, paths: readonly StepPaths[]): Edge[] {
  const byNeeds = namedEdges(model.steps);
  const known = new Set(byNeeds.length > 0 ? model.steps.map((step) => step.name) : []);
  return byNeeds.filter((edge) => known.has(edge.to)).concat(pathEdges(paths));
}

export const namedEdges = byBlock((steps: readonly StepModel[]): Edge[] =>
  steps.flatMap((step) => [
    ...step.needs.map(({ value, range }) => ({
      from: step.name,
      to: value,
      range,
      because: `needs ${value}`,
      path: null,
    })),
    ...referredTo(step).map((to) => ({
      from: step.name,
      to,
      range: step.nameRange,
      because: `refers to ${to}`,
      path: null,
    })),
  ]),
);

const referredTo = remembered((step: StepModel) => referencedSteps(step));

export function pathEdges(paths: readonly StepPaths[]): Edge[] {
  const writes = writesOf(paths);
  const edges: Edge[] = [];
  for (const read of readsIn(paths)) {
    for (const writer of writes.writersOf(read)) edges.push(edgeOf(read, writer));
  }
  return edges;
}

/** The last one of each, which is mostly the one that is asked for again. */
const lastEdges = new WeakMap<UsedPath, Edge>();

function edgeOf(read: UsedPath, to: string): Edge {
  const last = lastEdges.get(read);
  if (last?.to === to) return last;
  const { step, place } = read;
  const edge = {
    from: step,
    to,
    range: place.range,
    because: `reads ${place.value}, which ${to} writes`,
    path: place.value,
  };
  lastEdges.set(read, edge);
  return edge;
}

/** Wherever expressions may stand in a step, but for its condition. */
export function textsOfStep(step: StepModel): string[] {
  const { run, deps, outs, metrics, plots, env, matrix, best, running } = step;
  const texts = [run?.value ?? '', best?.value ?? ''];
  for (const places of [deps, outs, metrics, plots]) for (const { value } of places) texts.push(value);
  return texts.concat(...[env, step.with, matrixIn(matrix), running].map(textsOf));
}

const matrixIn = (matrix: StepModel['matrix']): JsonValue =>
  typeof matrix?.entries === 'string' ? matrix.entries : (matrix?.entries.map(([, value]) => value) ?? null);

/** Names of steps in `${{ steps.NAME… }}`, wherever in the step. */
export function referencedSteps(step: StepModel): string[] {
  const names = textsOfStep(step).filter(mayNameStep).flatMap(stepsInTemplate);
  if (step.condition !== null) names.push(...stepsInCondition(step.condition));
  return names.length > 1 ? [...new Set(names)] : names;
}

/** Asked before anything is parsed: few texts have the word. */
const mayNameStep = (text: string): boolean => hasExpression(text) && text.includes('steps');

const stepsInTemplate = (text: string): string[] =>
  parseTemplate(text).flatMap((part) => (part.kind === 'text' ? [] : stepsIn(part.node)));

/** Whoever asks for the result of a step runs after it. */
function stepsInCondition(text: string): string[] {
  const bare = text.includes('steps') ? parseCondition(text) : null;
  return bare ? stepsIn(bare.node) : stepsInTemplate(text);
}

function stepsIn(node: ExpressionNode): string[] {
  return referencesOf(node).flatMap(({ path: [context, step] }) =>
    context === 'steps' && step !== undefined ? [String(step)] : [],
  );
}

/** The edges along a circle, in order; null when there is none. A step that waits for itself is one too. */
export function findCycle(names: readonly string[], edges: readonly Edge[]): Edge[] | null {
  if (isInOrder(names, edges)) return null;
  const outgoing = Map.groupBy(edges, (edge) => edge.from);
  const done = new Set<string>();
  for (const start of names) {
    const cycle = cycleFrom(start, outgoing, done);
    if (cycle) return cycle;
  }
  return null;
}

/** Most files name each step after those that it waits for. */
function isInOrder(names: readonly string[], edges: readonly Edge[]): boolean {
  const places = new Map<string, number>();
  for (const [place, name] of names.entries()) if (!places.has(name)) places.set(name, place);
  return edges.every(({ from, to }) => (places.get(to) ?? Infinity) < (places.get(from) ?? Infinity));
}

/** Depth first without recursion: a chain of ten thousand steps must not overflow the stack. */
function cycleFrom(start: string, outgoing: ReadonlyMap<string, Edge[]>, done: Set<string>): Edge[] | null {
  const trail: Edge[] = [];
  const open = new Map<string, number>([[start, 0]]);
  const pending: Iterator<Edge>[] = [(outgoing.get(start) ?? []).values()];
  for (let level = pending.at(-1); level; level = pending.at(-1)) {
    const { value: edge, done: exhausted } = level.next();
    if (exhausted) {
      pending.pop();
      const left = trail.pop();
      done.add(left?.to ?? start);
      if (left) open.delete(left.to);
    } else if (open.has(edge.to)) {
      return [...trail.slice(open.get(edge.to)), edge];
    } else if (!done.has(edge.to)) {
      trail.push(edge);
      open.set(edge.to, trail.length);
      pending.push((outgoing.get(edge.to) ?? []).values());
    }
  }
  return null;
}
