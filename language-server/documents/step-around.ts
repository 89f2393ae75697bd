import type { StepModel } from '../../schemas/language/model.ts';
import { comparePositions } from '../../schemas/language/positions.ts';
import type { Analysis } from './analysis.ts';

/** The step in which a place lies. */
export function stepAround({ document, model }: Analysis, offset: number): StepModel | undefined {
  const position = document.lines.position(offset);
  return model.steps.find(
    ({ range }) => comparePositions(range.start, position) <= 0 && comparePositions(position, range.end) <= 0,
  );
}
