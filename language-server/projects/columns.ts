import type { StepModel } from '../../schemas/language/model.ts';
import { normalPath } from '../../schemas/language/values/paths.ts';
import type { Analysis } from './analysis.ts';
import { modelOf } from './whole.ts';

interface Columns {
  source: string;
  columns: string[];
}

/** Of a data file; of one that a split writes, of what is split. None where it cannot be read here. */
export function columnsOf(data: string, analysis: Analysis, seen = new Set<string>()): Columns {
  const path = normalPath(data);
  const split = modelOf(analysis).steps.find((step) => step.uses?.value === 'split' && writes(step, path));
  const from = split?.with.data;
  if (typeof from === 'string' && !seen.has(path)) {
    return columnsOf(from, analysis, seen.add(path));
  }
  const head = /\.(csv|tsv)$/i.test(path) ? analysis.project?.headOf(path) : null;
  return { source: path, columns: head ? headerOf(head) : [] };
}

const writes = (step: StepModel, path: string): boolean =>
  [step.with.train, step.with.test].some((out) => typeof out === 'string' && normalPath(out) === path);

/** The names in the first line of a CSV file, whatever separates them. */
export function headerOf(head: string): string[] {
  const [line = ''] = head.replace(/^\uFEFF/, '').split(/\r?\n|\r/, 1);
  const [separator = ','] = [',', ';', '\t', '|'].toSorted((a, b) => line.split(b).length - line.split(a).length);
  const names: string[] = [];
  let [name, isQuoted] = ['', false];
  for (const letter of line) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter !== separator || isQuoted) name += letter;
    else {
      names.push(name);
      name = '';
    }
  }
  return [...names, name].map((one) => one.trim()).filter((one) => one !== '');
}
