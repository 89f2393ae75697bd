import type { PipelineModel } from '../model.ts';
import type { Occurrence } from '../names/occurrence.ts';
import type { Edge } from '../plan/graph.ts';
import type { StepPaths } from '../plan/written-paths.ts';
import type { LineIndex } from '../positions.ts';
import type { PipelineFileRole } from '../protocol.ts';
import type { Entry, Problem, TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';
import type { Mismatch, Misspelt } from './mismatch.ts';
import type { PlacedExpression } from './placed-expressions.ts';
import type { Suppression } from './suppressions.ts';
import type { Whole } from './whole.ts';
import { onceForAll, wholeOf } from './whole.ts';

/** Everything a rule may look at. */
export interface FileView {
  text: string;
  lines: LineIndex;
  role: PipelineFileRole;
  root: TreeNode | null;
  problems: readonly Problem[];
  mismatches: readonly Mismatch[];
  misspelt: Misspelt;
  model: PipelineModel;
  paths: readonly StepPaths[];
  edges: readonly Edge[];
  expressions: readonly PlacedExpression[];
  /** every name at every place */
  names: readonly Occurrence[];
  /** comments that hold diagnostics back */
  suppressions: readonly Suppression[];
  /** the project that the file belongs to; without it, the file stands for itself */
  whole?: Whole;
}

type Section = 'params' | 'steps' | 'endpoints' | 'monitors' | 'datasets';

/**
 * Whether what was read of the project holds all there is of a section. If not (a syntax error, another file that may have
 * more), what seems to be missing may well be there: rules stay silent.
 */
export function knowsAllOf(view: FileView, section: Section): boolean {
  const { complete, files } = wholeOf(view);
  if (!complete) return false;
  const known = knownSections(view);
  const answer = known.get(section) ?? files.every((file) => isWhollyRead(file.view, section));
  known.set(section, answer);
  return answer;
}

const knownSections = onceForAll(() => new Map<Section, boolean>());

function isWhollyRead(view: FileView, section: Section): boolean {
  const { root } = view;
  // an empty part has nothing
  if (root === null) return view.role === 'part' && view.problems.length === 0;
  if (root.kind !== 'map') return false;
  const entry = findEntry(root, section);
  if (!entry) return !root.partial && !view.misspelt.get(root)?.has(section);
  if (entry.damaged || entry.value.kind === 'unknown') return false;
  return entry.value.kind !== 'map' || !entry.value.partial;
}

export function stepEntries({ root }: FileView): Entry[] {
  const steps = findEntry(root, 'steps')?.value;
  return steps?.kind === 'map' ? steps.entries : [];
}
