import type { StepModel } from '../../schemas/language/model.ts';
import type { PipelineFile } from '../../schemas/language/parse.ts';
import { comparePositions } from '../../schemas/language/positions.ts';
import type { Entry, TreeNode } from '../../schemas/language/syntax/tree.ts';
import { findEntry } from '../../schemas/language/syntax/tree.ts';
import { touches } from './spans.ts';

/** The step in which a place lies. */
export function stepAround({ document, model }: PipelineFile, offset: number): StepModel | undefined {
  const position = document.lines.position(offset);
  return model.steps.find(
    ({ range }) => comparePositions(range.start, position) <= 0 && comparePositions(position, range.end) <= 0,
  );
}

/** The same with its keys and values. */
export function stepEntryAround({ document: { root } }: PipelineFile, offset: number): Entry | undefined {
  return ownSteps(root).find(({ span, keySpan }) => touches(keySpan, offset) || touches(span, offset));
}

/** Those that stand here, not behind a merge key. */
export function ownSteps(root: TreeNode | null): Entry[] {
  const steps = findEntry(root, 'steps')?.value;
  return steps?.kind === 'map' ? steps.entries.filter(({ inherited }) => !inherited) : [];
}
