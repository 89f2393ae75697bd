import type { StepModel } from '../../schemas/language/model.ts';
import { normalPath } from '../../schemas/language/values/paths.ts';
import { tableFormat } from '../providers/data/format.ts';
import type { Column } from '../providers/files.ts';
import type { Analysis } from './analysis.ts';
import { modelOf } from './whole.ts';

interface Columns {
  source: string;
  columns: readonly Column[];
}

/** Of a data file; of one that a split writes, of what is split. None where it cannot be read here. */
export function columnsOf(data: string, analysis: Analysis, seen = new Set<string>()): Columns {
  const path = normalPath(data);
  const split = modelOf(analysis).steps.find((step) => step.uses?.value === 'split' && writes(step, path));
  const from = split?.with.data;
  if (typeof from === 'string' && !seen.has(path)) {
    return columnsOf(from, analysis, seen.add(path));
  }
  return columnsIn(path, analysis);
}

/** Of a data file as it is now. */
export function columnsIn(path: string, { project }: Analysis): Columns {
  return { source: path, columns: (tableFormat(path) && project?.columnsOf(path)) || [] };
}

const writes = (step: StepModel, path: string): boolean =>
  [step.with.train, step.with.test].some((out) => typeof out === 'string' && normalPath(out) === path);
