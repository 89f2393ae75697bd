import type { StepModel } from '../../schemas/language/model.ts';
import type { PipelineFile } from '../../schemas/language/parse.ts';
import { comparePositions } from '../../schemas/language/positions.ts';
import type { Entry } from '../../schemas/language/syntax/tree.ts';
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
  const steps = findEntry(root, 'steps')?.value;
  const own = steps?.kind === 'map' ? steps.entries.filter(({ inherited }) => !inherited) : [];
  return own.find(({ span, keySpan }) => touches(keySpan, offset) || touches(span, offset));
}
