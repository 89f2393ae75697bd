import { CompletionItemKind } from 'vscode-languageserver';
import type { StepModel } from '../../../schemas/language/model.ts';
import { findEntry } from '../../../schemas/language/syntax/tree.ts';
import { normalPath } from '../../../schemas/language/values/paths.ts';
import type { Analysis } from '../../documents/analysis.ts';
import { modelOf } from '../../projects/whole.ts';
import type { Choice } from './names.ts';
import type { ValueContext } from './values.ts';

const OF_STEPS = new Set(['target', 'by', 'exclude', 'groups']);
const OF_CHECKS = new Set(['column', 'unique']);

/** The columns of the data that a step or a check is about; null where no column is meant. */
export function columnChoices({ analysis, place }: ValueContext): Choice[] | null {
  const [section, owner, within] = place.path;
  const key = place.entry?.key ?? '';
  if (section?.key === 'steps' && within?.key === 'with' && OF_STEPS.has(key)) {
    const step = modelOf(analysis).steps.find(({ name }) => name === owner?.key);
    const data = step?.with.data ?? scalarOf(findEntry(within.value, 'data')?.value);
    return typeof data === 'string' ? choices(data, analysis) : [];
  }
  if (section?.key === 'datasets' && within?.key === 'checks' && OF_CHECKS.has(key)) {
    const path = scalarOf(findEntry(owner?.value, 'path')?.value);
    return typeof path === 'string' ? choices(path, analysis) : [];
  }
  return null;
}

const scalarOf = (node: NonNullable<ReturnType<typeof findEntry>>['value'] | undefined): unknown =>
  node?.kind === 'scalar' ? node.value : undefined;

function choices(path: string, analysis: Analysis): Choice[] {
  const { source, columns } = columnsOf(normalPath(path), analysis);
  return columns.map((label) => ({
    label,
    isForeign: true,
    kind: CompletionItemKind.Field,
    detail: `column of ${source}`,
  }));
}

interface Columns {
  source: string;
  columns: string[];
}

/** Of the file; of one that a split writes, of what is split. */
export function columnsOf(path: string, analysis: Analysis, seen = new Set<string>()): Columns {
  const split = modelOf(analysis).steps.find((step) => step.uses?.value === 'split' && writes(step, path));
  const from = split?.with.data;
  if (typeof from === 'string' && !seen.has(path)) {
    return columnsOf(normalPath(from), analysis, seen.add(path));
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
