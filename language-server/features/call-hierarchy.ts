import type { CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall } from 'vscode-languageserver';
import type { StepModel } from '../../schemas/language/model.ts';
import type { Edge } from '../../schemas/language/plan/graph.ts';
import type { Position } from '../../schemas/language/positions.ts';
import { stepAround } from '../documents/steps.ts';
import type { Analysis } from '../projects/analysis.ts';
import { nameAt } from '../projects/sources.ts';
import { graphIn, stepsIn } from '../projects/whole.ts';
import { SYMBOL_KINDS } from './symbol-kinds.ts';

/** The step at the cursor, named or around it: what comes before it and after it is asked for next. */
export function prepareCallHierarchy(analysis: Analysis, position: Position): CallHierarchyItem[] {
  const named = nameAt(analysis, position);
  if (named?.kind === 'step') {
    const found = stepsIn(analysis).find(({ step }) => step.name === named.name);
    return found ? [itemOf(found.step, found)] : [];
  }
  const step = stepAround(analysis, analysis.document.lines.offset(position));
  return step ? [itemOf(step, analysis)] : [];
}

function itemOf(step: StepModel, { uri }: { uri: string }, because?: string): CallHierarchyItem {
  const { name, range, nameRange } = step;
  const detail = because ?? step.uses?.value ?? step.run?.value.trim().split('\n', 1)[0];
  return { name, kind: SYMBOL_KINDS.step, detail, uri, range, selectionRange: nameRange };
}

/** Upstream: the steps that it waits for. */
export function incomingCalls(analysis: Analysis, { name }: CallHierarchyItem): CallHierarchyIncomingCall[] {
  return neighbours(analysis, ({ from, to }) => (from === name ? to : null)).map(({ step, uri, edges }) => ({
    from: itemOf(step, { uri }, `${name} ${inWords(edges)}`),
    fromRanges: [step.nameRange],
  }));
}

/** Downstream: the steps that wait for it. */
export function outgoingCalls(analysis: Analysis, item: CallHierarchyItem): CallHierarchyOutgoingCall[] {
  return neighbours(analysis, ({ from, to }) => (to === item.name ? from : null)).map(({ step, uri, edges }) => ({
    to: itemOf(step, { uri }, inWords(edges)),
    fromRanges: [item.selectionRange],
  }));
}

/** Of a step that waits; its own name stands before it already. */
const inWords = (edges: readonly Edge[]): string => edges.map(({ because }) => because).join(', ');

interface Neighbour {
  step: StepModel;
  uri: string;
  edges: Edge[];
}

function neighbours(analysis: Analysis, other: (edge: Edge) => string | null): Neighbour[] {
  const found = Map.groupBy(graphIn(analysis).edges, (edge) => other(edge) ?? '');
  return stepsIn(analysis).flatMap(({ step, uri }) => {
    const edges = found.get(step.name);
    return edges ? [{ step, uri, edges }] : [];
  });
}
